/** What finds secrets by their surroundings rather than by their form; told with the families. */
export const contexts = [
  { name: 'context/secret-name', title: 'Values under names that say secret, in every syntax of assignment', source: 'https://cwe.mitre.org/data/definitions/798.html' },
  { name: 'context/vendor-name', title: "Random values under names with a vendor's word", source: 'https://cwe.mitre.org/data/definitions/798.html' },
  { name: 'context/prefixed-token', title: 'Tokens of makers that are not known: a word, a mark, a long random part', source: 'https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/' },
  { name: 'context/random-value', title: 'Values that only a generator writes, under names that tell of no id or hash', source: 'https://cwe.mitre.org/data/definitions/798.html' },
  { name: 'context/encoded', title: 'Base64 and gzip with any of this inside', source: 'https://www.rfc-editor.org/rfc/rfc4648' },
  { name: 'context/too-dense', title: 'Where beginnings of tokens, or names of secrets, stand closer than anybody writes them', source: 'https://cwe.mitre.org/data/definitions/407.html' },
  { name: 'structure/marked-sensitive', title: 'What Terraform marks in states, plans and outputs', source: 'https://developer.hashicorp.com/terraform/internals/json-format' },
  { name: 'structure/known-attribute', title: 'Attributes of resources that hold a secret under a plain name', source: 'https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/password' },
  { name: 'structure/kubernetes-secret', title: 'Every value of a Secret', source: 'https://kubernetes.io/docs/concepts/configuration/secret/' },
  { name: 'structure/secure-parameter', title: 'Parameters that AWS keeps encrypted', source: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Parameter.html' },
  { name: 'structure/storage-key', title: 'Keys of Azure storage accounts', source: 'https://learn.microsoft.com/en-us/cli/azure/storage/account/keys' },
  { name: 'structure/docker-auth', title: 'Logins in a Docker configuration', source: 'https://docs.docker.com/reference/cli/docker/login/' },
  { name: 'structure/no-echo', title: 'Defaults of hidden parameters', source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html' },
  { name: 'structure/pulumi-secret', title: 'What Pulumi marks, and its twins in clear text', source: 'https://www.pulumi.com/docs/iac/concepts/secrets/' },
  { name: 'structure/secret-name', title: 'Fields of documents whose names say secret', source: 'https://cwe.mitre.org/data/definitions/312.html' },
  { name: 'structure/name-beside', title: 'Values whose name stands beside them', source: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KeyValuePair.html' },
] as const;
