import type { Severity } from '#proto/domain/finding.ts';
import type { JsonObject } from '#proto/domain/json.ts';

/** What happened, to which type, from what to what, and how much it matters. */
export type Case = readonly [told: string, type: string, before: JsonObject, after: JsonObject, severity: Severity, rule: string];

const group = (...rules: readonly JsonObject[]): JsonObject => ({ ingress: rules });
const ssh = (...cidr_blocks: readonly string[]): JsonObject => ({ from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks });
const web = (...cidr_blocks: readonly string[]): JsonObject => ({ from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks });
const policy = (...Statement: readonly JsonObject[]): JsonObject => ({ policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
const read: JsonObject = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
const pod = (container: JsonObject): JsonObject => ({ spec: { template: { spec: { containers: [{ name: 'c', image: 'a:1', ...container }] } } } });
const deployment = 'kubernetes:apps/v1/Deployment';

export const cases: readonly Case[] = [
  ['SSH is opened to the world', 'aws_security_group', group(ssh('10.0.0.0/8')), group(ssh('10.0.0.0/8', '0.0.0.0/0')), 'critical', 'aws-ingress-admin-port-open'],
  ['a rule for the world is added', 'aws_security_group', group(web('10.0.0.0/8')), group(web('10.0.0.0/8'), ssh('0.0.0.0/0')), 'critical', 'aws-ingress-admin-port-open'],
  ['HTTPS is opened to the world', 'aws_security_group', group(web('10.0.0.0/8')), group(web('0.0.0.0/0')), 'critical', 'aws-ingress-open'],
  ['IPv6 is not forgotten', 'aws_security_group', group({ ...web(), ipv6_cidr_blocks: [] }), group({ ...web(), ipv6_cidr_blocks: ['::/0'] }), 'critical', 'aws-ingress-open'],
  ['SSH is closed again', 'aws_security_group', group(ssh('10.0.0.0/8', '0.0.0.0/0')), group(ssh('10.0.0.0/8')), 'high', 'name-ingress'],
  ['a rule is taken away', 'aws_security_group', group(web('0.0.0.0/0'), ssh('10.0.0.0/8')), group(ssh('10.0.0.0/8')), 'medium', 'aws-ingress-removed'],
  ['a private rule is added', 'aws_security_group', group(), group(ssh('10.1.0.0/16')), 'high', 'aws-ingress-source-added'],
  ['only the description of an open rule changes', 'aws_security_group', group({ ...web('0.0.0.0/0'), description: 'a' }), group({ ...web('0.0.0.0/0'), description: 'b' }), 'low', 'name-text'],
  ['the same in a template', 'AWS::EC2::SecurityGroup', { SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '10.0.0.0/8' }] }, { SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' }] }, 'critical', 'aws-ingress-admin-port-open'],
  ['the same in Pulumi', 'aws:ec2/securityGroup:SecurityGroup', { ingress: [{ fromPort: 22, toPort: 22, protocol: 'tcp', cidrBlocks: ['10.0.0.0/8'] }] }, { ingress: [{ fromPort: 22, toPort: 22, protocol: 'tcp', cidrBlocks: ['0.0.0.0/0'] }] }, 'critical', 'aws-ingress-admin-port-open'],
  ['a rule of its own is opened', 'aws_vpc_security_group_ingress_rule', { cidr_ipv4: '10.0.0.0/8' }, { cidr_ipv4: '0.0.0.0/0' }, 'critical', 'aws-ingress-rule-open'],

  ['everything is granted', 'aws_iam_policy', policy(read), policy({ Effect: 'Allow', Action: '*', Resource: '*' }), 'critical', 'aws-policy-admin'],
  ['one action becomes all', 'aws_iam_policy', policy({ Sid: 'a', Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' }), policy({ Sid: 'a', Effect: 'Allow', Action: ['*'], Resource: '*' }), 'critical', 'aws-policy-admin'],
  ['everything is denied', 'aws_iam_policy', policy(read), policy(read, { Effect: 'Deny', Action: '*', Resource: '*' }), 'high', 'aws-policy-changed'],
  ['all of a service is granted', 'aws_iam_role_policy', policy(read), policy({ ...read, Action: 's3:*' }), 'high', 'aws-policy-service-wildcard'],
  ['the bucket is open to everyone', 'aws_s3_bucket_policy', policy(), policy({ ...read, Principal: '*' }), 'critical', 'aws-policy-everyone'],
  ['open to everyone from one network', 'aws_s3_bucket_policy', policy(), policy({ ...read, Principal: '*', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }), 'high', 'aws-policy-changed'],
  ['anyone may take the role', 'aws_iam_role', { assume_role_policy: '{"Statement":[]}' }, { assume_role_policy: '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}' }, 'critical', 'aws-trust-everyone'],
  ['an administrator policy is attached', 'aws_iam_role', { managed_policy_arns: [] }, { managed_policy_arns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }, 'critical', 'aws-policy-admin-attached'],

  ['an identity provider is asked for others', 'aws_iam_openid_connect_provider', { client_id_list: ['a'] }, { client_id_list: ['a', 'b'] }, 'high', 'aws-identity-provider-trust'],
  ['guests get credentials', 'aws_cognito_identity_pool', { allow_unauthenticated_identities: false }, { allow_unauthenticated_identities: true }, 'high', 'aws-guests-allowed'],
  ['another value of a secret is in force', 'aws_secretsmanager_secret_version', { version_stages: ['AWSCURRENT'] }, { version_stages: ['AWSPREVIOUS'] }, 'high', 'aws-current-version-moved'],
  ['an alias leads to other code', 'aws_lambda_alias', { function_version: '1' }, { function_version: '$LATEST' }, 'high', 'aws-function-alias-moved'],
  ['a document runs another command', 'aws_ssm_document', { content: '{"runCommand":["ls"]}' }, { content: '{"runCommand":["rm"]}' }, 'high', 'aws-automation-changed'],
  ['a bucket is made public', 'aws_s3_bucket', { acl: 'private' }, { acl: 'public-read' }, 'critical', 'aws-bucket-acl-public'],
  ['a bucket is made private', 'aws_s3_bucket', { acl: 'public-read' }, { acl: 'private' }, 'high', 'name-policy'],
  ['the guard is off', 'aws_s3_bucket_public_access_block', { block_public_acls: true }, { block_public_acls: false }, 'critical', 'aws-bucket-public-block-off'],
  ['the guard is on', 'aws_s3_bucket_public_access_block', { block_public_acls: false }, { block_public_acls: true }, 'high', 'name-public'],
  ['a database is public', 'aws_db_instance', { publicly_accessible: false }, { publicly_accessible: true }, 'critical', 'aws-database-public'],
  ['no backups', 'aws_db_instance', { backup_retention_period: 7 }, { backup_retention_period: 0 }, 'critical', 'aws-database-backups-off'],
  ['rotation is off', 'aws_kms_key', { enable_key_rotation: true }, { enable_key_rotation: false }, 'high', 'aws-key-rotation-off'],
  ['the trail is off', 'aws_cloudtrail', { enable_logging: true }, { enable_logging: false }, 'critical', 'aws-trail-off'],
  ['IMDSv1 is back', 'aws_instance', { metadata_options: [{ http_tokens: 'required' }] }, { metadata_options: [{ http_tokens: 'optional' }] }, 'high', 'aws-metadata-v1'],
  ['weak TLS', 'aws_lb_listener', { ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }, { ssl_policy: 'ELBSecurityPolicy-2016-08' }, 'high', 'aws-listener-tls-weak'],
  ['a privileged container of ECS', 'aws_ecs_task_definition', { container_definitions: '[{"name":"a"}]' }, { container_definitions: '[{"name":"a","privileged":true}]' }, 'critical', 'aws-container-privileged'],

  ['a privileged pod', deployment, pod({}), pod({ securityContext: { privileged: true } }), 'critical', 'kubernetes-privileged'],
  ['no longer privileged', deployment, pod({ securityContext: { privileged: true } }), pod({ securityContext: { privileged: false } }), 'high', 'name-privilege'],
  ['a dangerous capability', deployment, pod({}), pod({ securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }), 'critical', 'kubernetes-capability-added'],
  ['a harmless capability', deployment, pod({ securityContext: { capabilities: { add: ['CHOWN'] } } }), pod({ securityContext: { capabilities: { add: ['CHOWN', 'SETUID'] } } }), 'high', 'name-privilege'],
  ['the network of the node', 'kubernetes:v1/Pod', { spec: {} }, { spec: { hostNetwork: true } }, 'critical', 'kubernetes-host-namespace'],
  ['another image', deployment, pod({}), pod({ image: 'b:2' }), 'high', 'kubernetes-image-changed'],
  ['a container more', 'kubernetes:v1/Pod', { spec: { containers: [{ name: 'a', image: 'a:1' }] } }, { spec: { containers: [{ name: 'a', image: 'a:1' }, { name: 'b', image: 'b:1' }] } }, 'high', 'kubernetes-container-added'],
  ['more replicas', deployment, { spec: { replicas: 2 } }, { spec: { replicas: 5 } }, 'medium', 'name-size'],
  ['an administrator of the cluster', 'kubernetes:rbac.authorization.k8s.io/v1/ClusterRoleBinding', { roleRef: { name: 'view' } }, { roleRef: { name: 'cluster-admin' } }, 'critical', 'kubernetes-cluster-admin'],
  ['a role for everything', 'kubernetes:rbac.authorization.k8s.io/v1/ClusterRole', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }, { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['*'] }] }, 'critical', 'kubernetes-role-wildcard'],
  ['the namespace allows privileged pods', 'kubernetes:v1/Namespace', { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } }, { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } }, 'critical', 'kubernetes-pod-security-lowered'],

  ['RDP from anywhere', 'azurerm_network_security_rule', { access: 'Allow', direction: 'Inbound', source_address_prefix: '10.0.0.0/8', destination_port_range: '3389' }, { access: 'Allow', direction: 'Inbound', source_address_prefix: '*', destination_port_range: '3389' }, 'critical', 'azure-inbound-admin-port-open'],
  ['a public container', 'azurerm_storage_account', { allow_nested_items_to_be_public: false }, { allow_nested_items_to_be_public: true }, 'critical', 'azure-storage-public'],
  ['TLS 1.0', 'azurerm_mssql_server', { minimum_tls_version: '1.2' }, { minimum_tls_version: '1.0' }, 'high', 'azure-tls-weak'],
  ['a firewall of Google is opened', 'google_compute_firewall', { source_ranges: ['10.0.0.0/8'] }, { source_ranges: ['10.0.0.0/8', '0.0.0.0/0'] }, 'critical', 'google-firewall-open'],
  ['everyone has the role', 'google_storage_bucket_iam_binding', { members: ['user:a@example.com'] }, { members: ['user:a@example.com', 'allUsers'] }, 'critical', 'google-grant-everyone'],
  ['a database of Google without backups', 'google_sql_database_instance', { settings: [{ backup_configuration: [{ enabled: true }] }] }, { settings: [{ backup_configuration: [{ enabled: false }] }] }, 'critical', 'google-sql-backups-off'],

  ['a namespace allows more', 'kubernetes:v1/Namespace', { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } }, { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } }, 'critical', 'kubernetes-pod-security-lowered'],
  ['a namespace guards no more', 'kubernetes:v1/Namespace', { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } }, { metadata: {} }, 'high', 'kubernetes-pod-security-changed'],
  ['a label that is called so by chance', 'kubernetes:v1/Namespace', { metadata: { labels: { tier: 'open' } } }, { metadata: { labels: { tier: 'privileged' } } }, 'low', 'name-tags'],
  ['pods act as another identity', 'kubernetes:v1/ServiceAccount', { metadata: { annotations: { 'eks.amazonaws.com/role-arn': 'a' } } }, { metadata: { annotations: { 'eks.amazonaws.com/role-arn': 'b' } } }, 'high', 'kubernetes-account-identity-changed'],
  ['a load balancer lets everyone in', 'kubernetes:v1/Service', { spec: { loadBalancerSourceRanges: ['10.0.0.0/8'] } }, { spec: {} }, 'critical', 'kubernetes-load-balancer-opened'],
  ['a load balancer comes out of the network', 'kubernetes:v1/Service', { metadata: { annotations: { 'service.beta.kubernetes.io/aws-load-balancer-internal': 'true' } } }, { metadata: {} }, 'high', 'kubernetes-load-balancer-sources-changed'],
  ['a way in asks for TLS no more', 'kubernetes:networking.k8s.io/v1/Ingress', { metadata: { annotations: { 'nginx.ingress.kubernetes.io/ssl-redirect': 'true' } } }, { metadata: { annotations: { 'nginx.ingress.kubernetes.io/ssl-redirect': 'false' } } }, 'high', 'kubernetes-ingress-guard-changed'],
  ['a volume goes with its claim', 'kubernetes:v1/PersistentVolume', { spec: { persistentVolumeReclaimPolicy: 'Retain' } }, { spec: { persistentVolumeReclaimPolicy: 'Delete' } }, 'high', 'kubernetes-volume-reclaimed'],

  ['a list of addresses that nobody knows is opened', 'acme_list', { entry: [{ value: '10.0.0.1' }] }, { entry: [{ value: '0.0.0.0/0' }] }, 'high', 'name-open'],
  ['a way out to everywhere', 'acme_rules', { egress: [{ cidr: '10.0.0.0/8' }] }, { egress: [{ cidr: '0.0.0.0/0' }] }, 'medium', 'name-outbound'],
  ['a second factor that is no longer asked for', 'acme_thing', { mfa_enabled: true }, { mfa_enabled: false }, 'high', 'name-authentication'],
  ['what became public', 'acme_thing', { visibility: 'private' }, { visibility: 'public' }, 'high', 'name-public'],
  ['a tag', 'aws_instance', { tags: { team: 'a' } }, { tags: { team: 'b' } }, 'low', 'name-tags'],
  ['a tag that is called password', 'aws_instance', { tags: { password: 'a' } }, { tags: { password: 'b' } }, 'low', 'name-tags'],
  ['a password of a type nobody knows', 'acme_thing', { admin_password: 'a' }, { admin_password: 'b' }, 'high', 'name-secret'],
  ['encryption of a type nobody knows', 'acme_thing', { encrypted: true }, { encrypted: false }, 'high', 'name-encryption'],
  ['a property nobody knows', 'acme_thing', { colour: 'red' }, { colour: 'blue' }, 'medium', 'default'],
  ['a tag beside an opened port', 'aws_security_group', { tags: {}, ...group() }, { tags: { a: 'b' }, ...group(ssh('0.0.0.0/0')) }, 'critical', 'aws-ingress-admin-port-open'],
];
