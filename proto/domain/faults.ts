/** What a fault means to a peer; each door maps a kind to its status once. */
export type FaultKind =
  | 'input'
  | 'unauthenticated'
  | 'denied'
  | 'missing'
  | 'conflict'
  | 'exhausted'
  | 'unavailable'
  | 'timeout'
  | 'broken';

interface FaultEntry {
  readonly kind: FaultKind;
  readonly message: string;
  readonly next: string;
}

/** Every error thrown on purpose: what happened, and what the reader can do. */
export const faults = {
  broken: {
    kind: 'broken',
    message: 'Something went wrong that was not foreseen.',
    next: 'This is a bug: please report it with the log lines around it.',
  },

  // Reading state, plans and code
  'source-missing': {
    kind: 'missing',
    message: 'There is nothing at this path.',
    next: 'Check the path.',
  },
  'source-empty': {
    kind: 'input',
    message: 'The file is empty.',
    next: 'Write the state or plan again; an interrupted download or upload often leaves an empty file.',
  },
  'source-unreadable': {
    kind: 'input',
    message: 'The file could not be read.',
    next: 'Check that it exists and that this user may read it.',
  },
  'source-truncated': {
    kind: 'input',
    message: 'The file ends in the middle of its JSON.',
    next: 'Fetch it again; the transfer was probably cut off.',
  },
  'source-not-text': {
    kind: 'input',
    message: 'The file is not text in UTF-8 or UTF-16.',
    next: 'Unpack it if it is compressed; give a state file, or a plan written by `terraform show -json`.',
  },
  'source-nested': {
    kind: 'input',
    message: 'The file nests its values deeper than any tool writes them.',
    next: 'Check where it comes from.',
  },
  'source-not-json': {
    kind: 'input',
    message: 'The file is not JSON.',
    next: 'Give a state file, or a plan written by `terraform show -json`.',
  },
  'source-html': {
    kind: 'input',
    message: 'The file is an HTML or XML page, not a state.',
    next: 'The server that it came from probably answered with an error or a login page; fetch it again with credentials.',
  },
  'source-unknown-shape': {
    kind: 'input',
    message: 'The file is JSON, but neither a state nor a plan.',
    next: 'Give a state file, or a plan written by `terraform show -json`.',
  },
  'source-too-large': {
    kind: 'exhausted',
    message: 'The file is larger than can be read at once.',
    next: 'Split the stack, or raise the memory of the agent.',
  },
  'state-unreadable': {
    kind: 'input',
    message: 'The state could not be understood.',
    next: 'See the detail; `terraform state pull` writes a fresh copy.',
  },
  'state-encrypted': {
    kind: 'input',
    message: 'The state is encrypted and cannot be read.',
    next: 'Run `tofu state pull` with the key configured and scan its output, or scan with --against live.',
  },
  'state-version-unsupported': {
    kind: 'input',
    message: 'The version of the state is not supported.',
    next: 'Versions 3 and 4 can be read; an older state is upgraded by any later terraform.',
  },
  'state-pointer': {
    kind: 'input',
    message: 'The file only points to a backend; it holds no resources.',
    next: 'Scan the output of `terraform state pull`, or the folder with --against live.',
  },
  'plan-unreadable': {
    kind: 'input',
    message: 'The plan could not be understood.',
    next: 'Write it with `terraform show -json PLANFILE`.',
  },
  'plan-version-unsupported': {
    kind: 'input',
    message: 'The format version of the plan is not supported.',
    next: 'Format versions 0.1 to 1.x can be read.',
  },
  'plan-binary': {
    kind: 'input',
    message: 'The file is a plan in the binary form of terraform.',
    next: 'Write it as JSON with `terraform show -json PLANFILE`.',
  },
  'plan-log': {
    kind: 'input',
    message: 'The file is the log of `terraform plan -json`, which holds no values.',
    next: 'Write the plan with `terraform plan -out=PLANFILE` and then `terraform show -json PLANFILE`.',
  },
  'plan-errored': {
    kind: 'input',
    message: 'The plan says of itself that it failed, so it is not complete.',
    next: 'Fix the error that terraform reported and plan again.',
  },
  'code-unreadable': {
    kind: 'input',
    message: 'The code could not be parsed.',
    next: 'Run `terraform validate` in the folder.',
  },
  'drift-answer-unreadable': {
    kind: 'input',
    message: 'This is not an answer of CloudFormation drift detection.',
    next: 'Write a saved one with `aws cloudformation describe-stack-resource-drifts --stack-name NAME --output json`.',
  },
  'manifest-unreadable': {
    kind: 'input',
    message: 'The Kubernetes manifest could not be understood.',
    next: 'Run `kubectl apply --dry-run=client -f` on it; templates must be rendered first.',
  },
  'template-unreadable': {
    kind: 'input',
    message: 'The CloudFormation template could not be understood.',
    next: 'Run `aws cloudformation validate-template` on it.',
  },
  'pulumi-unreadable': {
    kind: 'input',
    message: 'The Pulumi stack could not be understood.',
    next: 'Write it again with `pulumi stack export --file stack.json`.',
  },
  'pulumi-version-unsupported': {
    kind: 'input',
    message: 'The version of the Pulumi stack is not supported.',
    next: 'Versions 1 to 4 can be read; see whether a newer agent knows this one.',
  },
  'pulumi-feature-unsupported': {
    kind: 'input',
    message: 'The Pulumi stack uses features that this version does not know, so reading it could mislead.',
    next: 'See whether a newer agent knows them.',
  },
  'pulumi-state-missing': {
    kind: 'missing',
    message: 'The state of the Pulumi project could not be found in a local backend or one in S3.',
    next: 'Scan the output of `pulumi stack export`, or the folder with --against live.',
  },
  'pulumi-stack-unclear': {
    kind: 'input',
    message: 'The Pulumi project has several stacks.',
    next: 'Name one in PULUMI_STACK, or select one with `pulumi stack select`.',
  },
  'pulumi-events-unreadable': {
    kind: 'input',
    message: 'The Pulumi engine events could not be understood.',
    next: 'Write them with `pulumi refresh --preview-only --json` or `--event-log FILE`.',
  },
  'nothing-to-scan': {
    kind: 'input',
    message: 'No stack was found under this path.',
    next: 'Give a folder with .tf files, a state file or a plan in JSON.',
  },
  'scan-too-wide': {
    kind: 'exhausted',
    message: 'There are more folders under this path than a scan walks.',
    next: 'Name the folders to scan.',
  },
  'live-needs-code': {
    kind: 'input',
    message: 'A live comparison needs the code, and there is none beside this file.',
    next: 'Give the folder that holds the .tf files.',
  },
  'live-unavailable': {
    kind: 'unavailable',
    message: 'The comparison needs a program that is not on PATH.',
    next: 'Install it where the agent runs, or scan without --against: that reads what is recorded and runs nothing.',
  },
  'live-failed': {
    kind: 'unavailable',
    message: 'The program that compares could not finish.',
    next: 'See what it said; credentials and provider plug-ins are the usual causes.',
  },
  'live-timeout': {
    kind: 'timeout',
    message: 'The program that compares did not finish within the time limit.',
    next: 'Raise --timeout, or scan fewer stacks at once.',
  },
  'kubeconfig-missing': {
    kind: 'missing',
    message: 'No Kubernetes cluster is configured here.',
    next: 'Set KUBECONFIG, or run in a pod with a service account; without a cluster, compare with a dump by --against FILE.',
  },
  'kubeconfig-unreadable': {
    kind: 'input',
    message: 'The kubeconfig could not be understood.',
    next: 'See the detail; `kubectl config view` reads the same files, and KUBE_CONTEXT names another context.',
  },
  'cluster-credentials': {
    kind: 'unavailable',
    message: 'The credentials for the Kubernetes cluster could not be had.',
    next: 'Run the program that the kubeconfig names by hand, or log in again; it is never asked anything here.',
  },
  'cluster-unreachable': {
    kind: 'unavailable',
    message: 'The Kubernetes API server could not be reached.',
    next: 'Check the server of the kubeconfig context, its certificate authority, and what lies between; `kubectl version` tells the same.',
  },
  'cluster-unauthorized': {
    kind: 'unauthenticated',
    message: 'The Kubernetes API server does not accept these credentials.',
    next: 'Log in again, or give the agent a service account; docs/scanning.md has the rights that it needs.',
  },
  'cluster-timeout': {
    kind: 'timeout',
    message: 'The Kubernetes API server did not answer within the time limit.',
    next: 'Raise --timeout, or scan fewer manifests at once.',
  },
  'release-place-unknown': {
    kind: 'input',
    message: 'This is not a place of Helm releases.',
    next: 'Write helm://NAMESPACE/RELEASE; each part may be left off from the right, and `*` is any text.',
  },
  'releases-unlisted': {
    kind: 'denied',
    message: 'The Helm releases of the cluster could not be read.',
    next: 'Allow `list` and `get` of secrets in their namespace (docs/scanning.md has the role), or pipe `helm get manifest NAME` into `dd0c-agent scan - --against live`.',
  },
  'release-not-deployed': {
    kind: 'missing',
    message: 'There is no deployed revision of this Helm release.',
    next: 'Check namespace and name; `helm list -a` and `helm history` tell what became of it.',
  },
  'value-too-deep': {
    kind: 'input',
    message: 'A value is nested deeper than can be compared.',
    next: 'The resource is listed as unreadable; look at it by hand.',
  },

  'object-missing': {
    kind: 'missing',
    message: 'There is no such object in the bucket.',
    next: 'Check bucket, key and workspace; a state that was never written has no object.',
  },

  // Backends of states
  'backend-unclear': {
    kind: 'input',
    message: 'Where the state is kept cannot be told from here.',
    next: 'Run `terraform init` in the folder, or give the state with --against FILE.',
  },
  'backend-insecure': {
    kind: 'denied',
    message: 'Reading the state would show credentials to somebody they are not meant for.',
    next: 'Use https; give the address where the credentials come from: TF_HTTP_ADDRESS, or `terraform init`.',
  },
  'backend-refused': {
    kind: 'unauthenticated',
    message: 'The backend does not accept these credentials, or none were given.',
    next: 'Set TF_HTTP_USERNAME and TF_HTTP_PASSWORD; reading the state is all they need to allow.',
  },
  'backend-unreachable': {
    kind: 'unavailable',
    message: 'The backend that keeps the state could not be reached.',
    next: 'Check its address, the network, HTTPS_PROXY and the certificate.',
  },
  'backend-failed': {
    kind: 'unavailable',
    message: 'The backend that keeps the state answered with an error.',
    next: 'See its answer; `terraform state pull` in the folder reads the same.',
  },
  'backend-timeout': {
    kind: 'timeout',
    message: 'The state did not come within the time limit.',
    next: 'Raise --timeout; `terraform state pull` in the folder reads the same.',
  },
  'backend-needs-program': {
    kind: 'unavailable',
    message: 'This backend is read through terraform or tofu, and neither is on PATH.',
    next: 'Install one of them, or give the output of `terraform state pull` with --against FILE.',
  },

  // AWS
  'aws-credentials-missing': {
    kind: 'unauthenticated',
    message: 'There are no AWS credentials here that could be used.',
    next: 'Set AWS_PROFILE or AWS_ACCESS_KEY_ID, or run where there is a role; `aws sts get-caller-identity` looks in the same places.',
  },
  'aws-credentials-expired': {
    kind: 'unauthenticated',
    message: 'The AWS credentials have expired.',
    next: 'Log in again (`aws sso login`), or give the agent a role, which renews itself.',
  },
  'aws-credentials-invalid': {
    kind: 'unauthenticated',
    message: 'AWS does not accept these credentials.',
    next: 'Check the keys, the clock of this host, and that the region is switched on for the account.',
  },
  'aws-denied': {
    kind: 'denied',
    message: 'AWS does not allow this to these credentials.',
    next: 'Allow the named action in IAM; docs/scanning.md has the least policy that a scan takes.',
  },
  'aws-region-unknown': {
    kind: 'input',
    message: 'The AWS region is not named, or there is none of that name.',
    next: 'Set `regions` in dd0c.yaml, or AWS_REGION; if the region is right, this host cannot look up names.',
  },
  'aws-unreachable': {
    kind: 'unavailable',
    message: 'AWS could not be reached.',
    next: 'Check the region, the network and HTTPS_PROXY; AWS_ENDPOINT_URL names another endpoint.',
  },
  'aws-throttled': {
    kind: 'exhausted',
    message: 'AWS throttled the requests to the end.',
    next: 'Scan less often or fewer stacks; others in the account use the same limits.',
  },
  'aws-budget-spent': {
    kind: 'exhausted',
    message: 'The requests that one scan may make to an account and region are spent.',
    next: 'Raise cloudformation.requests in dd0c.yaml, or name fewer stacks.',
  },
  'aws-timeout': {
    kind: 'timeout',
    message: 'AWS did not finish within the time limit.',
    next: 'Raise --timeout; drift detection takes minutes for a stack of hundreds of resources.',
  },
  'aws-failed': {
    kind: 'unavailable',
    message: 'AWS answered with an error.',
    next: 'See its answer; the AWS CLI gives the same one for the same request.',
  },
  'stack-missing': {
    kind: 'missing',
    message: 'There is no such CloudFormation stack in this account and region.',
    next: 'Check name, account and region: `aws cloudformation list-stacks` lists them.',
  },
  'stack-unnamed': {
    kind: 'input',
    message: 'A template does not say which stack was made of it.',
    next: 'Scan cloudformation://default/REGION/STACK --against TEMPLATE, or name it under cloudformation.accounts.templates in dd0c.yaml.',
  },
  'stack-place-unknown': {
    kind: 'input',
    message: 'This is not a place of CloudFormation stacks.',
    next: 'Write cloudformation://ACCOUNT/REGION/STACK, where ACCOUNT is a name of dd0c.yaml or `default`; each part may be left off from the right.',
  },

  // Configuration and arguments
  'config-invalid': {
    kind: 'input',
    message: 'The configuration is not valid.',
    next: 'See the named field; docs/agent.md lists them all.',
  },
  'config-unreadable': {
    kind: 'input',
    message: 'The configuration file could not be read.',
    next: 'Check --config: the file must exist, and this user must be allowed to read it.',
  },
  'output-unwritable': {
    kind: 'input',
    message: 'The output file could not be written.',
    next: 'Check --output: its folder must exist, and this user must be allowed to write there.',
  },
  'join-token-unnamed': {
    kind: 'input',
    message: 'No join token was given.',
    next: 'Give --token-file FILE (or - for standard input), or set DD0C_JOIN_TOKEN; a token never goes on the command line, where other users could see it.',
  },
  'join-token-unreadable': {
    kind: 'input',
    message: 'The file with the join token could not be read, or holds none.',
    next: 'Check --token-file; it names a file that holds one token and nothing else.',
  },
  'scrub-rule-invalid': {
    kind: 'input',
    message: 'A rule of the scrub section is not valid.',
    next: 'Correct the rule that is named; patterns are RE2: https://github.com/google/re2/wiki/Syntax.',
  },
  'line-not-classifiable': {
    kind: 'input',
    message: 'A line is not {"id","command"} in JSON, or it is too long.',
    next: 'Write every line as {"id": "…", "command": "…"}; the other lines were judged.',
  },
  'line-not-scrubbable': {
    kind: 'input',
    message: 'A line of the input is not an object with `id` and `text`.',
    next: 'Give one JSON object a line, or use --format text.',
  },
  'usage': {
    kind: 'input',
    message: 'The command line is not valid.',
    next: 'See --help.',
  },
  'address-unknown': {
    kind: 'input',
    message: 'No stack that was scanned has a resource at this address.',
    next: 'Give the address as reports write it (`scan --format json` has them all), or a glob: `--explain "*web*"`.',
  },
  'data-locked': {
    kind: 'conflict',
    message: 'Another process uses this data folder.',
    next: 'Stop it first, or choose another folder with --data.',
  },

  'data-unusable': {
    kind: 'input',
    message: 'The data folder cannot be used.',
    next: 'Choose a folder that this user may write with --data.',
  },

  // Identity and enrolment
  'token-invalid': {
    kind: 'unauthenticated',
    message: 'The join token is not valid.',
    next: 'Make a new one with `dd0c tokens create`.',
  },
  'token-expired': {
    kind: 'unauthenticated',
    message: 'The join token has expired.',
    next: 'Make a new one with `dd0c tokens create`.',
  },
  'token-used': {
    kind: 'unauthenticated',
    message: 'The join token has been used up by another key.',
    next: 'Make a new one with `dd0c tokens create`; if you did not use it, revoke what it enrolled.',
  },
  'token-elsewhere': {
    kind: 'denied',
    message: 'The join token is not good for hosts at this address.',
    next: 'Join from one of the networks that the token names (`dd0c tokens list`), or make one with another --network.',
  },
  'guesses-locked-out': {
    kind: 'exhausted',
    message: 'Too many wrong join tokens or attestations came from this address.',
    next: 'Wait some minutes. If it was not you, somebody at this address is guessing.',
  },
  'join-policy-unknown': {
    kind: 'unauthenticated',
    message: 'No join policy of this id lets anybody in.',
    next: 'Take the id from `dd0c joins list`; it names a policy that was removed, or one of another server.',
  },
  'attestation-refused': {
    kind: 'unauthenticated',
    message: 'What vouches for this host does not hold.',
    next: 'See the reason; credentials or tokens that are new, and a clock that is right, are what it takes.',
  },
  'attestation-not-allowed': {
    kind: 'denied',
    message: 'This host is who it says, and the join policy does not name it.',
    next: 'Compare the identity with the policy (`dd0c joins list`): account and role, or namespace and service account.',
  },
  'attestation-used': {
    kind: 'conflict',
    message: 'What vouches for this host has let another key in already.',
    next: 'Wait for a new token; if you did not use this one, somebody else has read it: remove the agent that joined with it.',
  },
  'attestation-unchecked': {
    kind: 'unavailable',
    message: 'The server could not ask whether what vouches for this host holds.',
    next: 'Try again in a moment. The log of the server names what did not answer: AWS STS, or the address of the cluster’s keys.',
  },
  'join-limited': {
    kind: 'exhausted',
    message: 'Too many agents joined as this identity, or from this address, in a short time.',
    next: 'Wait and try again; see `dd0c agents list` for what they are.',
  },
  'challenge-stale': {
    kind: 'unauthenticated',
    message: 'The number from the server is too old, or not from this server.',
    next: 'Run the same command again.',
  },
  'join-evidence-missing': {
    kind: 'missing',
    message: 'Nothing on this host can vouch for it.',
    next: 'For aws: an instance role, or AWS credentials in the environment or a profile. For kubernetes: a projected token, mounted as docs/joining.md shows; --kubernetes-token-file names another file.',
  },
  'recovery-refused': {
    kind: 'unauthenticated',
    message: 'The server does not know who asks to come back as this agent.',
    next: 'Enrol it again with --force and a new token; if it is yours and this is unexpected, see the log of the server.',
  },
  'recovery-forbidden': {
    kind: 'denied',
    message: 'The policy of the control plane, or an operator, does not let this agent come back.',
    next: 'Enrol it again with --force and a new token; `dd0c recoveries` shows policy and decisions.',
  },
  'recovery-awaits-approval': {
    kind: 'denied',
    message: 'An operator must approve that this agent comes back after its certificate ran out.',
    next: 'See `dd0c recoveries list`, and approve it there if it is yours; the agent asks again by itself.',
  },
  'recovery-not-needed': {
    kind: 'conflict',
    message: 'The certificate of this agent has not run out.',
    next: 'It renews by itself; check the clock of this machine.',
  },
  'recovery-limited': {
    kind: 'exhausted',
    message: 'Too many requests to take this agent back are waiting.',
    next: 'Decide on those that are there: `dd0c recoveries list`. Several keys for one agent mean several copies of its disk.',
  },
  'csr-invalid': {
    kind: 'input',
    message: 'The certificate request is not acceptable.',
    next: 'The key must be P-256 and the request signed by it.',
  },
  'pin-mismatch': {
    kind: 'denied',
    message: 'The server is not the one that the pin names.',
    next: 'Compare --ca-pin with what the server printed at start; if they are the same, somebody sits in between.',
  },
  'not-enrolled': {
    kind: 'missing',
    message: 'This agent has no identity yet.',
    next: 'Run `dd0c-agent enroll --server … --ca-pin … --token-file F`.',
  },
  'already-enrolled': {
    kind: 'conflict',
    message: 'This agent already has an identity.',
    next: 'Give --force to replace it, or another --data folder.',
  },
  'identity-unreadable': {
    kind: 'input',
    message: 'The identity in the data folder could not be read.',
    next: 'Enrol again with --force.',
  },
  'identity-unwritable': {
    kind: 'exhausted',
    message: 'The identity could not be written to the data folder.',
    next: 'Free space on its disk and check its rights; the token is not lost, run the same command again.',
  },
  'key-exposed': {
    kind: 'denied',
    message: 'A private key can be read by other users of this machine.',
    next: 'Take the rights away with chmod 600; if others may have read it, replace it.',
  },
  'authority-unreadable': {
    kind: 'input',
    message: 'The certificate authority could not be read.',
    next: 'Restore the database and its seal key from one backup; agents trust only the authority that they enrolled with.',
  },
  'authority-not-yet-valid': {
    kind: 'unavailable',
    message: 'The certificates of this installation begin in the future, as the clock of the server has it now.',
    next: 'Look at the clock (NTP) of the server. If it is right, it was ahead when the authority was made: with the key of the root here the server mends it by itself, else rotate to a new root. Agents that enrolled meanwhile enrol again.',
  },
  'authority-key-missing': {
    kind: 'missing',
    message: 'A key of the certificate authority is not here.',
    next: 'Bring it back from where it is kept: docs/operating.md, Certificates.',
  },
  'authority-rolled-back': {
    kind: 'conflict',
    message: 'The database holds an older state of the certificate authority than this server has seen.',
    next: 'If the database was put back from a backup, start every server anew; if not, somebody has tampered with it.',
  },
  'seal-key-missing': {
    kind: 'missing',
    message: 'The key that opens the certificate authority in the database is not here.',
    next: 'Copy ca/seal.key of a server that runs on this database (or of its backup) into the data folder, or name the file with --seal-key.',
  },
  'seal-key-unusable': {
    kind: 'input',
    message: 'The file of the seal key could not be used.',
    next: 'It holds 64 hexadecimal digits, as `openssl rand -hex 32` writes them, and is readable for this user alone.',
  },
  'seal-broken': {
    kind: 'input',
    message: 'The certificate authority in the database does not open with this seal key.',
    next: 'Give the seal key that belongs to this database; where it is the right one, the row was changed: restore a backup.',
  },
  'rotation-out-of-order': {
    kind: 'conflict',
    message: 'The rotation of the certificate authority is not at that step.',
    next: 'See `dd0c ca status` for what is possible now.',
  },
  'policy-refused': {
    kind: 'denied',
    message: 'The certificate would break a rule of the authority.',
    next: 'See the named rule; where no setting asks for this, it is a bug.',
  },
  'rotation-not-ready': {
    kind: 'conflict',
    message: 'Too few agents are ready for the next step of the rotation.',
    next: '`dd0c ca status` names those that are not. Wait for them, or go on with --force: agents left behind have to enrol again.',
  },
  'root-key-elsewhere': {
    kind: 'missing',
    message: 'The private key of the root is not on this server.',
    next: 'Sign where the key is kept: docs/operating.md, Certificates, says how.',
  },
  'root-not-exported': {
    kind: 'conflict',
    message: 'The private key of the root has never been exported.',
    next: 'Run `dd0c ca export-root` first, and see that the file opens with its passphrase.',
  },
  'root-unfit': {
    kind: 'input',
    message: 'The certificate cannot be a root of this installation.',
    next: 'Make it as docs/operating.md, Certificates, shows.',
  },
  'intermediate-unfit': {
    kind: 'input',
    message: 'The certificate cannot be the intermediate that was asked for.',
    next: 'Sign the request of `dd0c ca request-intermediate` as docs/operating.md, Certificates, shows.',
  },
  'intermediate-not-requested': {
    kind: 'missing',
    message: 'No request waits for an intermediate with this key.',
    next: 'Run `dd0c ca request-intermediate`, and sign what it prints: each request makes the one before useless.',
  },
  'intermediate-missing': {
    kind: 'conflict',
    message: 'The successor has no intermediates yet that could issue.',
    next: 'Run `dd0c ca request-intermediate --successor` for agents and for servers, and import what its root signed.',
  },
  'not-the-installation': {
    kind: 'denied',
    message: 'The certificate authority belongs to the whole installation.',
    next: 'Ask an administrator of its first tenant.',
  },
  'trust-refused': {
    kind: 'denied',
    message: 'The control plane offered roots that this agent does not believe.',
    next: 'If the authority was replaced and not rotated, enrol the agent again; if not, somebody speaks in its place.',
  },
  'certificate-retired': {
    kind: 'unauthenticated',
    message: 'The authority that issued the certificate has been retired.',
    next: 'An agent that was away for the whole of a rotation has to enrol again.',
  },
  'certificate-missing': {
    kind: 'unauthenticated',
    message: 'The peer showed no certificate.',
    next: 'Agents connect with the certificate that enrolment gave them.',
  },
  'certificate-invalid': {
    kind: 'unauthenticated',
    message: "The peer's certificate is not one of ours.",
    next: 'Enrol the agent with this server.',
  },
  'certificate-expired': {
    kind: 'unauthenticated',
    message: 'The certificate has expired.',
    next: 'Where it has a recovery key the agent asks for another by itself (`dd0c recoveries list`); else enrol it again with --force and a new token.',
  },
  'certificate-unknown': {
    kind: 'unauthenticated',
    message: 'The certificate is not in the record of what was issued.',
    next: 'The database may be older than the agent, after a restore: enrol the agent again.',
  },
  'certificate-revoked': {
    kind: 'denied',
    message: 'The certificate has been revoked.',
    next: 'Enrol the agent again with a new token.',
  },
  'agent-cloned': {
    kind: 'denied',
    message: 'A certificate of this agent was shown that its successor had replaced: two hosts have its keys. It is locked.',
    next: 'Find out which of the named addresses is yours. A host put back from a snapshot does this too. Remove the agent, and enrol it again.',
  },
  'renewal-limited': {
    kind: 'exhausted',
    message: 'The agent asked for more certificates than it can need.',
    next: 'It goes on with the one that it has, and asks again in an hour; see its log for why the new ones were not used.',
  },
  'agent-removed': {
    kind: 'denied',
    message: 'The agent has been removed from the fleet.',
    next: 'Enrol it again with a new token.',
  },
  'agent-locked': {
    kind: 'denied',
    message: 'The agent is locked.',
    next: 'An operator can unlock it with `dd0c agents unlock`.',
  },

  'agent-cannot-drain': {
    kind: 'conflict',
    message: 'This agent cannot be drained from afar: it is older than that, or runs once and ends by itself.',
    next: 'Stop it on its host (SIGTERM): that drains it, too.',
  },

  // The link
  'server-unreachable': {
    kind: 'unavailable',
    message: 'The control plane could not be reached.',
    next: 'Run `dd0c-agent doctor`; what was reported stays in the spool.',
  },
  'server-name-unknown': {
    kind: 'unavailable',
    message: "The control plane's name could not be resolved.",
    next: 'Check the name, and the DNS servers of this machine.',
  },
  'server-refused': {
    kind: 'unavailable',
    message: 'Nothing listens at the address of the control plane.',
    next: 'Check that the server runs and that the port is right; what was reported stays in the spool.',
  },
  'server-silent': {
    kind: 'timeout',
    message: 'The control plane did not answer in time.',
    next: 'A firewall that drops packets, or an overloaded server; what was reported stays in the spool.',
  },
  'server-untrusted': {
    kind: 'denied',
    message: "The control plane's certificate is not signed by the authority this agent trusts, or names another host.",
    next: 'Check the address; if the authority was replaced, enrol the agent again; otherwise somebody sits in between.',
  },
  'server-not-tls': {
    kind: 'unavailable',
    message: 'What answers at the address of the control plane does not speak TLS.',
    next: 'Check the port: the stream listener, not the HTTP one.',
  },
  'clock-wrong': {
    kind: 'unavailable',
    message: 'The clock of this machine lies outside the time in which a certificate is valid.',
    next: 'Set the clock (NTP) of this machine, or of the server. If both are right, one was ahead when the certificate was issued: restart the server, which makes its own anew, and enrol an agent whose own begins in the future again.',
  },
  'handshake-unanswered': {
    kind: 'unavailable',
    message: 'The control plane took the connection and did not answer the first message of TLS.',
    next: 'Run `dd0c-agent doctor`: a server under load, or something in between that drops what it does not know.',
  },
  'handshake-swallowed': {
    kind: 'unavailable',
    message: 'Something in between drops the large first message of a post-quantum handshake; a smaller one comes through.',
    next: 'Set `link: { keyExchange: classical }` in dd0c.yaml, or have the middlebox updated.',
  },
  'runtime-tells': {
    kind: 'input',
    message: 'A variable of the environment makes the runtime print what passes through it, secrets included.',
    next: 'Unset the variable and run the command again.',
  },
  'proxy-invalid': {
    kind: 'input',
    message: 'The proxy that the environment names cannot be used.',
    next: 'Give it as http://[USER:PASSWORD@]HOST:PORT or https://…, or exempt the control plane by NO_PROXY.',
  },
  'proxy-unreachable': {
    kind: 'unavailable',
    message: 'The proxy on the way to the control plane could not be reached.',
    next: 'Check the address of the proxy; one with https:// needs a certificate that this machine trusts (NODE_EXTRA_CA_CERTS).',
  },
  'proxy-login-needed': {
    kind: 'denied',
    message: 'The proxy on the way to the control plane wants a name and a password, or other ones.',
    next: 'Put them into the URL of the proxy, http://USER:PASSWORD@HOST:PORT, special characters as %XX; only Basic is spoken.',
  },
  'proxy-denied': {
    kind: 'denied',
    message: 'The proxy does not let this host through to the control plane.',
    next: 'Have CONNECT to host and port of the control plane allowed there, or exempt it by NO_PROXY if there is a direct way.',
  },
  'proxy-cannot-reach': {
    kind: 'unavailable',
    message: 'The proxy could not reach the control plane.',
    next: 'Check that the proxy resolves the name of the control plane and that it runs.',
  },
  'proxy-silent': {
    kind: 'timeout',
    message: 'The proxy on the way to the control plane did not answer in time.',
    next: 'Check that it is a proxy that opens tunnels (CONNECT), and whether http:// or https:// is right.',
  },
  'resume-point-lost': {
    kind: 'conflict',
    message: 'Spool and control plane disagree about what was acknowledged: one of them was put back to an older copy.',
    next: 'Nothing: what the spool holds is sent again under a new id, and the next scan replaces what is missing.',
  },
  'protocol-violated': {
    kind: 'input',
    message: 'The peer broke the rules of the stream.',
    next: 'Both ends should be of the same or a neighbouring version.',
  },
  'connection-lost': {
    kind: 'unavailable',
    message: 'The connection broke off.',
    next: 'Nothing: the agent connects again and goes on where it was.',
  },
  'sequence-gap': {
    kind: 'input',
    message: 'A fact arrived whose forerunners are missing.',
    next: 'The agent resumes from the last acknowledged fact.',
  },
  'report-corrupt': {
    kind: 'input',
    message: 'A report does not match its content hash.',
    next: 'The report was set aside; the next scan replaces it.',
  },
  'report-invalid': {
    kind: 'input',
    message: 'A report could not be understood.',
    next: 'The report was set aside; check the versions of agent and server.',
  },
  'order-invalid': {
    kind: 'input',
    message: 'The order could not be understood, or contradicts itself.',
    next: 'Nothing was started. Both ends should be of the same or a neighbouring version; if they are, somebody altered it.',
  },
  'approval-invalid': {
    kind: 'denied',
    message: 'The approval is not good for this order.',
    next: 'Ask for a new approval; if it was good when it was given, somebody altered the order.',
  },
  'approver-key-invalid': {
    kind: 'input',
    message: 'This is not the public half of an Ed25519 key.',
    next: 'Give it as `dd0c keys generate` prints it (ed25519:…), or a line of an ssh-ed25519 .pub file.',
  },
  'step-result-invalid': {
    kind: 'input',
    message: 'The result of a step could not be understood.',
    next: 'It was set aside and the step counts as unknown; check the versions of agent and server.',
  },
  'secret-in-report': {
    kind: 'input',
    message: 'A secret was found in a report that said it was scrubbed; the fields were dropped, the rest was kept.',
    next: 'Update the agent; the rules that spoke stand in the log of the control plane.',
  },
  'secret-in-output': {
    kind: 'input',
    message: 'A secret was found in the output of a step that said it was scrubbed; it was cut out.',
    next: 'Update the agent; the rules that spoke stand in the log of the control plane.',
  },
  'session-superseded': {
    kind: 'conflict',
    message: 'A newer connection of the same agent has taken over.',
    next: 'Nothing, if the agent was restarted; otherwise two processes share one identity.',
  },
  'replica-lost': {
    kind: 'unavailable',
    message: 'The server that held this connection was away for too long and may no longer speak for its agents.',
    next: 'Nothing: the agent comes back by itself. If it happens often, look why that server stood still or could not reach its database.',
  },
  'spool-full': {
    kind: 'exhausted',
    message: 'The spool has reached its size limit; new reports are refused, kept ones stay.',
    next: 'Restore the link to the control plane, or raise spool.maxBytes.',
  },
  'spool-unwritable': {
    kind: 'exhausted',
    message: 'The spool could not be written or read on this disk.',
    next: 'Free space on the disk of the data folder and check its rights; nothing that was accepted is lost.',
  },
  'spool-corrupt': {
    kind: 'broken',
    message: 'The spool could not be read and was set aside.',
    next: 'A new one was begun; the old file is kept beside it.',
  },

  // Runbook steps, on the agent
  'steps-disabled': {
    kind: 'denied',
    message: 'This agent runs no steps.',
    next: 'Its owner can allow them: runbooks.enabled in dd0c.yaml on its host; docs/agent.md says what else to set.',
  },
  'steps-busy': {
    kind: 'exhausted',
    message: 'Too many steps wait on this agent already.',
    next: 'Start it again when some have ended; runbooks.parallel in dd0c.yaml says how many run at once.',
  },
  'approvers-exposed': {
    kind: 'denied',
    message: 'Other users of this machine can change who approves, so no step runs.',
    next: 'Give dd0c.yaml and the key files that it names, with their folders, to root or to this user, and take the right to write away from others.',
  },
  'order-misaddressed': {
    kind: 'denied',
    message: 'The order is for another agent or another tenant.',
    next: 'Nothing was started. A control plane sends no such orders: look for what stands in its place.',
  },
  'order-expired': {
    kind: 'denied',
    message: 'The order may not be begun any more.',
    next: 'Ask for a new approval; if it came in time, compare the clocks of agent and server.',
  },
  'order-too-early': {
    kind: 'denied',
    message: "The order was issued in this agent's future.",
    next: 'Set the clock (NTP) of this machine, or of the server.',
  },
  'order-replayed': {
    kind: 'denied',
    message: 'The approval of this order has been used already.',
    next: 'Nothing was started again. A control plane sends no such orders: look for what stands in its place.',
  },
  'attempt-out-of-turn': {
    kind: 'denied',
    message: 'A further attempt is made only after the one before it was seen to fail.',
    next: 'See how the attempt before ended; where that is unknown, a person decides.',
  },
  'order-cancelled': {
    kind: 'denied',
    message: 'The order was cancelled before it began.',
    next: 'Nothing was started; start the execution again if it was cancelled by mistake.',
  },
  'order-not-approved': {
    kind: 'denied',
    message: 'The order lacks an approval that this agent believes.',
    next: 'It must be signed by people whose keys are under approvers in dd0c.yaml on its host; `dd0c-agent doctor` lists them.',
  },
  'order-self-approved': {
    kind: 'denied',
    message: 'A dangerous step was approved by the person who asked for it, and by too few others.',
    next: 'Have somebody else approve it.',
  },
  'approvers-not-pinned': {
    kind: 'denied',
    message: 'This agent knows no approvers, so it runs read_only steps at most.',
    next: 'Its owner adds their public keys under approvers in dd0c.yaml on its host.',
  },
  'risk-understated': {
    kind: 'denied',
    message: 'The step is more serious than the plan says that was approved.',
    next: 'Import the runbook again and approve the new plan; if it is new, agent and server should be of the same version.',
  },
  'step-forbidden': {
    kind: 'denied',
    message: 'The command is one that never runs.',
    next: 'See the reasons of the verdict; no approval changes it.',
  },
  'step-policy-denied': {
    kind: 'denied',
    message: "The agent's owner does not allow this.",
    next: 'See the named rule of the runbooks section in dd0c.yaml on its host.',
  },
  'secret-not-granted': {
    kind: 'denied',
    message: 'A secret that the step asks for is not to be had.',
    next: 'See secrets in dd0c.yaml on the host of the agent; only approved steps get any.',
  },
  'journal-unusable': {
    kind: 'broken',
    message: 'The journal of steps could not be read or written, so no step runs: what ran before is not known.',
    next: 'Free space on the disk of the data folder and check its rights. Where the file is damaged, see what ran, then move the folder journal away.',
  },

  // The sandbox
  'sandbox-unavailable': {
    kind: 'unavailable',
    message: 'No sandbox of the strength that is needed holds here, so nothing was run.',
    next: 'Run `dd0c-agent doctor`: it says for each tier what is missing and how to get it.',
  },
  'sandbox-failed': {
    kind: 'broken',
    message: 'The sandbox could not be set up, so the step was not run.',
    next: 'Run `dd0c-agent doctor`, and look at what the fact `at` names.',
  },
  'sandbox-folder': {
    kind: 'input',
    message: 'A folder or file that the step is to use cannot be given to it.',
    next: 'Name another one: an absolute path, outside the folders of the system, that the user of the step can reach.',
  },
  'sandbox-spec-invalid': {
    kind: 'input',
    message: 'What is to be run, or its limits, are not valid.',
    next: 'See the named field; docs/sandbox.md lists them all.',
  },

  // Control plane
  'unauthenticated': {
    kind: 'unauthenticated',
    message: 'The request carries no valid API token.',
    next: 'Send `authorization: Bearer …`; the first token lies in the data folder as admin-token.',
  },
  'denied': {
    kind: 'denied',
    message: 'This token may not do that.',
    next: 'Ask an administrator of the tenant.',
  },
  'not-found': {
    kind: 'missing',
    message: 'There is no such thing.',
    next: 'List first; ids are shown in the first column.',
  },
  'request-invalid': {
    kind: 'input',
    message: 'The request is not valid.',
    next: 'See the named field; the API is described under /docs.',
  },
  'route-unknown': {
    kind: 'missing',
    message: 'There is nothing at this address.',
    next: 'The API is described under /docs.',
  },
  'method-not-allowed': {
    kind: 'input',
    message: 'This address does not take that method.',
    next: 'The allow header names the methods that it takes.',
  },
  'media-type-unsupported': {
    kind: 'input',
    message: 'The body is of a kind that is not understood.',
    next: 'Send JSON with `content-type: application/json`.',
  },
  'body-not-json': {
    kind: 'input',
    message: 'The body is not JSON.',
    next: 'Check the body; a body that is not needed must be absent, not empty text.',
  },
  'rate-limited': {
    kind: 'exhausted',
    message: 'Too many requests came from this address.',
    next: 'Wait as long as the retry-after header says; --http-rate raises the limit.',
  },
  'request-too-large': {
    kind: 'input',
    message: 'The request is larger than allowed.',
    next: 'Send less at once.',
  },
  'database-unavailable': {
    kind: 'unavailable',
    message: 'The database could not be reached.',
    next: 'Check DD0C_DATABASE_URL and that the server runs.',
  },
  'database-superuser': {
    kind: 'denied',
    message: 'The database role is a superuser or bypasses row-level security, so tenants would not be kept apart.',
    next: 'Connect as a plain role that owns the schema; docs/operating.md shows the two statements.',
  },
  'database-newer': {
    kind: 'conflict',
    message: 'The database was written by a newer version.',
    next: 'Start that version, or restore a backup from before the upgrade.',
  },
  'address-denied': {
    kind: 'denied',
    message: 'This user may not listen at the address.',
    next: 'Choose a port above 1023.',
  },
  'address-unavailable': {
    kind: 'input',
    message: 'The address is not one of this machine.',
    next: 'Choose an address of this machine, or 0.0.0.0 for all of them.',
  },
  'database-roles-missing': {
    kind: 'denied',
    message: 'The database role may not take on the roles that keep tenants apart, nor make them.',
    next: 'An administrator of the database runs the statements once; docs/operating.md explains them.',
  },
  'database-schema-denied': {
    kind: 'denied',
    message: 'The database role may not make its schema or tables.',
    next: 'An administrator of the database runs the statement once, with the role of DD0C_DATABASE_URL.',
  },
  'database-changed': {
    kind: 'conflict',
    message: 'A migration differs from what the database was made with.',
    next: 'Restore the file as released; a change to the schema is a new migration.',
  },
  'address-in-use': {
    kind: 'conflict',
    message: 'The address is already in use.',
    next: 'Choose another one, or port 0 for any free port.',
  },

  // The audit trail
  'audit-unreadable': {
    kind: 'input',
    message: 'This is no exported audit log, or what it is verified with is unusable.',
    next: 'Give a file written by `dd0c audit export`, a key as `dd0c audit head` prints it, and a head kept from the same command.',
  },
  'audit-broken': {
    kind: 'conflict',
    message: 'The audit log does not hold: it is not what was written down.',
    next: 'Keep this file as evidence, export again from another replica or a backup, and compare with the heads in your own logs.',
  },
  'audit-key-unusable': {
    kind: 'broken',
    message: 'The key that signs the heads of the audit trail cannot be used.',
    next: 'Put the file back from a backup of the data folder, readable for this user alone; it is taken over into the database. A new key would part the trail from the heads signed so far.',
  },

  // Runbooks, executions and approvals
  'runbook-invalid': {
    kind: 'input',
    message: 'The runbook could not be taken.',
    next: 'Correct the line that is named; docs/runbooks.md has every field.',
  },
  'parameter-invalid': {
    kind: 'input',
    message: 'A parameter of the runbook cannot have this value.',
    next: '`dd0c runbooks show NAME` lists the parameters and what each may be.',
  },
  'runbook-forbidden': {
    kind: 'denied',
    message: 'The runbook holds a step that is forbidden, so it never runs, whoever approves it.',
    next: '`dd0c runbooks show NAME` tells which, and why; change the step and import it again.',
  },
  'step-without-rollback': {
    kind: 'input',
    message: 'There is nothing to take back: the step has no rollback, or it never ran.',
    next: '`dd0c executions show ID` tells what ran; the rollback of a step is written in its runbook.',
  },
  'execution-over': {
    kind: 'conflict',
    message: 'The execution is over.',
    next: 'Start another one; `dd0c executions show ID` tells how this one ended.',
  },
  'approval-not-asked': {
    kind: 'conflict',
    message: 'Nobody is asked for this approval any more: it was decided, it expired, or the execution is over.',
    next: '`dd0c approvals list` tells what is asked now.',
  },
  'approver-is-requester': {
    kind: 'denied',
    message: 'What is dangerous is approved by somebody other than the person who asked for it.',
    next: 'Ask another operator; `dd0c approvals list` shows it to them.',
  },
  'approver-key-unknown': {
    kind: 'denied',
    message: 'This key is not registered as one of yours.',
    next: 'Register the public half with `dd0c keys add FILE`, with the API token with which you approve.',
  },
  'approver-key-taken': {
    kind: 'conflict',
    message: 'This key is registered already, as that of somebody else.',
    next: 'Each person has a key of their own: `dd0c keys generate --out FILE`.',
  },
  'approver-key-unreadable': {
    kind: 'input',
    message: 'The private key could not be read.',
    next: 'Give the file that `dd0c keys generate --out FILE` wrote: an Ed25519 key in PEM, without a passphrase.',
  },
  'agent-cannot-run-steps': {
    kind: 'conflict',
    message: 'The agent does not take steps of runbooks.',
    next: 'Update it, or allow steps in its dd0c.yaml; docs/agent.md tells how.',
  },
  'agent-without-approvers': {
    kind: 'conflict',
    message: 'The agent knows no approvers, so it would refuse whatever does more than read.',
    next: 'Its owner adds the public keys of people (`dd0c keys list`) under approvers in dd0c.yaml on its host.',
  },

  // The operator's CLI
  'server-unnamed': {
    kind: 'input',
    message: 'No server is named.',
    next: 'Give --server URL, set DD0C_SERVER, choose a --profile, or go to the folder whose .dd0c belongs to a running server.',
  },
  'api-token-unnamed': {
    kind: 'unauthenticated',
    message: 'No API token is named.',
    next: 'Give --token-file FILE (or - for standard input), or set DD0C_TOKEN; the first token lies in the data folder of the server as admin-token.',
  },
  'api-token-unreadable': {
    kind: 'input',
    message: 'The file with the API token could not be read, or holds none.',
    next: 'Check --token-file; it names a file that holds one token and nothing else.',
  },
  'profile-unreadable': {
    kind: 'input',
    message: 'The file of profiles could not be understood.',
    next: 'It is YAML: `NAME: { server: URL, tokenFile: FILE }`; docs/operating.md shows one.',
  },
  'profile-unknown': {
    kind: 'missing',
    message: 'There is no such profile.',
    next: 'Add it to ~/.config/dd0c/profiles.yaml.',
  },
  'control-plane-unreachable': {
    kind: 'unavailable',
    message: 'The server does not answer.',
    next: 'Check the address, and that dd0c-server runs there.',
  },
  'answer-not-understood': {
    kind: 'broken',
    message: 'The answer is not that of a dd0c server of this version.',
    next: 'Check the address: something else may listen there, or the versions of `dd0c` and server differ.',
  },
} as const satisfies Record<string, FaultEntry>;

export type FaultCode = keyof typeof faults;
