import { wordsFrom } from '../context.ts';
import { changes, endangers, forbids, reads, reveals, type Ruling } from '../ruling.ts';
import type { Tool } from '../tool.ts';

const shows: Ruling = { risk: 'read_only', why: 'It shows and changes nothing.' };

/** Infrastructure as code, and what rolls it out. */
export const iac: readonly Tool[] = [
  {
    names: 'terraform tofu terragrunt terraform.exe tf opentofu',
    options: { oneDash: true, valued: '-var -var-file -target -out -state -state-out -backup -lock-timeout -parallelism -replace -backend-config -from-module -plugin-dir --terragrunt-working-dir --terragrunt-config --working-dir', plain: '-json -no-color --terragrunt-non-interactive' },
    harmless: '-help',
    flags: [endangers('-plugin-dir|-from-module|-backend-config|--terragrunt-source|--terragrunt-tfpath|--tf-path', 'It takes code or state from another place.')],
    bare: shows,
    verbs: [
      reads('show|version|validate|providers|providers schema|graph|output|state list|state show|workspace list|workspace show|metadata functions|fmt|help|plan|modules|output-all|graph-dependencies|render-json|hclfmt|find|list|run-all plan|plan-all|validate-all|run-all validate|run-all output|-version|-help'),
      reveals('state pull'),
      changes('init|get|refresh|workspace new|workspace select|workspace env|providers mirror|providers lock|run-all init|stack generate'),
      endangers('test|apply|destroy|import|taint|untaint|force-unlock|console|state mv|state rm|state push|state replace-provider|workspace delete|apply-all|run-all apply|login|logout|run|0.13upgrade|env'),
      forbids('run-all destroy|destroy-all', 'It destroys everything that every stack made.', 'account-loss'),
    ],
    inspect(call, args) {
      const verb = args.operands[0]?.text;
      const code = call.words.find(({ text }) => /\$\{|\bfile(base64|exists|set)?\(|templatefile\(/.test(text));
      if (code) call.add('dangerous', 'terraform.expression', 'The value is an expression that reads files of this host.', code);
      if (verb === 'apply' && args.has('-destroy')) return { risk: 'dangerous', rule: 'terraform.destroy', why: 'It destroys what the code made.' };
      if (verb === 'output' && (args.has('-raw', '-json') || args.operands.length > 1)) return { risk: 'caution', rule: 'sensitive-read', why: 'It shows outputs, also the sensitive ones.' };
      if (verb === 'show' && args.has('-json')) return { risk: 'caution', rule: 'sensitive-read', why: 'It shows the state with its secrets.' };
      if (verb === 'init' && args.has('-migrate-state', '-force-copy')) return { risk: 'dangerous', rule: 'terraform.move-state', why: 'It copies the state to another place.' };
      if (verb === 'fmt') return args.has('-check', '-diff') && !args.has('-write') ? shows : { risk: 'caution', why: 'It writes the code anew.' };
      if (verb === 'plan') return { risk: 'caution', rule: 'terraform.plan', why: 'A plan runs providers and data sources with the keys of the cloud.' };
      return undefined;
    },
  },
  {
    names: 'pulumi',
    options: { valued: '-s --stack -C --cwd --color --config-file -c --config -m --message -t --target --policy-pack', plain: '--non-interactive -y --yes' },
    harmless: '--preview-only',
    flags: [endangers('--policy-pack', 'It runs a policy that is not known.')],
    verbs: [reads('stack ls|stack output|stack graph|stack history|stack tag ls|stack|history|logs|whoami|about|version|plugin ls|config|org|policy ls|schema check'), reveals('config get|stack export'), changes('stack init|stack select|config set|config rm|login|logout|stack tag set|preview'), endangers('up|update|destroy|refresh|cancel|import|stack rm|stack import|stack rename|stack change-secrets-provider|state delete|state unprotect|state rename|state move|new|watch|deployment|env|plugin install|plugin rm|policy|convert|package')],
    inspect: (_, args) => (args.has('--show-secrets') ? { risk: 'caution', rule: 'sensitive-read', why: 'It shows secrets.' } : undefined),
  },
  {
    names: 'helm helm3 helmfile werf helm.exe',
    options: { valued: '-n --namespace --kube-context --kubeconfig --kube-apiserver --kube-token --kube-as-user --kube-as-group --kube-ca-file --burst-limit --qps --repository-config --repository-cache --registry-config --version --repo -f --values --set --set-string --set-file --set-json --timeout -o --output --revision --max --history-max --post-renderer --ca-file -l --selector -e --environment', plain: '--debug -q --quiet' },
    harmless: '--dry-run',
    flags: [endangers('--post-renderer|--kube-apiserver|--insecure-skip-tls-verify', 'It runs a program, or speaks to another server.')],
    bare: shows,
    verbs: [
      reads('list|ls|status|history|hist|get manifest|get notes|get hooks|get metadata|search repo|search hub|show|show chart|show readme|show values|show all|show crds|inspect|template|lint|version|env|verify|repo list|plugin list|dependency list|dep list|completion|help|diff|diff upgrade|diff release|diff revision|diff rollback|build|fetch'),
      reveals('get values|get all|secrets view', 'It shows the values of a release, which may hold secrets.'),
      changes('install|upgrade|repo add|repo update|repo remove|repo index|pull|create|package|dependency update|dependency build|dep update|dep up|dep build|registry login|registry logout|test|converge'),
      endangers('uninstall|delete|del|un|rollback|push|plugin install|plugin update|plugin uninstall|plugin|secrets|sync|apply|destroy|deps|charts|mapkubeapis|s3|dismiss'),
    ],
    inspect(_, args) {
      const verb = args.operands[0]?.text;
      if (/^(install|upgrade)$/.test(verb ?? '') && args.operands.slice(1).some(({ text }) => /^(https?|oci):\/\//.test(text))) return { risk: 'dangerous', rule: 'helm.remote-chart', why: 'It installs a chart from an address, and what is in it is not known.' };
      if (/^(install|upgrade)$/.test(verb ?? '') && args.options.some(({ name, value }) => name.startsWith('--set') && /replica(s|Count)?=0\b/i.test(value?.text ?? ''))) return { risk: 'dangerous', rule: 'helm.scale-to-zero', why: 'It stops every replica.' };
      if (/^(install|upgrade)$/.test(verb ?? '') && args.has('--force', '--reset-values', '--reuse-values', '--repo')) return { risk: 'dangerous', why: 'It replaces more of a release than it changes.' };
      return undefined;
    },
  },
  { names: 'argocd kubectl-argo-rollouts', options: { valued: '--server --auth-token --grpc-web-root-path --config -o --output --port-forward-namespace -H --header --argocd-context -l --project --revision --timeout' }, harmless: '--dry-run', flags: [endangers('--insecure', 'It trusts any server.')], verbs: [reads('app list|app get|app diff|app history|app logs|app manifests|app resources|app wait|cluster list|cluster get|proj list|proj get|repo list|repo get|account list|account get|account can-i|account get-user-info|version|context|cert list|admin settings validate|appset list|appset get|repocreds list|gpg list|get|list|status|app actions list'), changes('app refresh|app sync|app terminate-op|app actions run|app add-source|login|logout|retry|promote|pause|appset generate|relogin'), endangers('app set|app create|app delete|app rollback|app delete-resource|app patch|app patch-resource|app unset|app edit|cluster add|cluster rm|cluster set|cluster rotate-auth|proj create|proj delete|proj set|proj edit|proj role|proj allow-*|proj deny-*|proj add-*|proj remove-*|proj windows|repo add|repo rm|account update-password|account generate-token|account delete-token|admin|appset create|appset delete|cert add-ssh|cert rm|abort|undo|set')], inspect: (_, args) => (args.operands.slice(0, 2).map(({ text }) => text).join(' ') === 'app sync' && args.has('--prune', '--force', '--replace', '--local') ? { risk: 'dangerous', rule: 'argocd.prune', why: 'It deletes or replaces what the repository no longer names.' } : undefined) },
  { names: 'flux', options: { valued: '-n --namespace --context --kubeconfig --timeout' }, harmless: '--export', verbs: [reads('get|get all|logs|events|tree|stats|check|version|diff|trace|export|build|get kustomizations|get helmreleases|get sources|get source'), changes('reconcile|resume|suspend|pull|tag|envsubst'), endangers('create|delete|uninstall|bootstrap|install|push|migrate')], inspect: (_, args) => (args.operands[0]?.text === 'get' ? shows : undefined) },
  { names: 'istioctl linkerd osm kuma kumactl meshctl', verbs: [reads('version|proxy-status|ps|proxy-config|pc|analyze|validate|describe|x describe|x precheck|experimental describe|verify-install|check|stat|viz stat|viz top|viz tap|viz edges|viz check|viz routes|edges|top|tap|routes|metrics|diagnostics|get|inspect|profile|manifest generate|kube-inject|authz|endpoints|identity|proxy-metadata'), changes('inject|dashboard|viz dashboard|tag list'), endangers('install|uninstall|upgrade|operator|manifest apply|create-remote-secret|remote-clusters|tag|tag set|tag remove|apply|delete|prune|multicluster|uninject')], inspect: (_, args) => (args.operands.some(({ text }) => text === 'uninstall') && args.has('--purge') ? { risk: 'forbidden', rule: 'cluster-loss', why: 'It takes the mesh from under every service of the cluster.' } : undefined) },
  { names: 'nomad', options: { oneDash: true, valued: '-address -region -namespace -token -ca-cert -client-cert -client-key -task -job -n -tail-lines' }, verbs: [reads('status|job status|job inspect|job history|job plan|job validate|job deployments|job allocs|job scaling-events|plan|validate|inspect|logs|alloc logs|alloc status|alloc fs|alloc checks|fs|node status|server members|agent-info|deployment list|deployment status|eval status|eval list|version|namespace list|namespace status|namespace inspect|operator raft list-peers|operator autopilot health|operator autopilot get-config|volume status|quota list|quota status|service list|service info|var list|acl policy list|acl token self|monitor|operator metrics|scaling policy list'), reveals('var get'), changes('run|job run|job restart|job dispatch|job scale|job promote|job eval|job periodic force|alloc restart|deployment promote|deployment resume|deployment pause|deployment unblock|var put|node eligibility|system gc|job tag|operator snapshot save|operator debug'), endangers('stop|job stop|job revert|job deployment fail|deployment fail|alloc stop|alloc signal|alloc exec|exec|node drain|node purge|node config|server force-leave|server join|system reconcile|acl|acl bootstrap|operator raft remove-peer|operator snapshot restore|operator|namespace delete|namespace apply|quota|volume|var purge|agent|eval delete|operator autopilot set-config|sentinel|plugin|tls')], inspect: (call, args) => (/^(exec|alloc exec)$/.test(args.operands.slice(0, args.operands[0]?.text === 'exec' ? 1 : 2).map(({ text }) => text).join(' ')) ? (call.context.elsewhere((task) => task.run(wordsFrom(call, args.operands[args.operands[0]?.text === 'exec' ? 2 : 3]))), { risk: 'caution', rule: 'exec', why: 'It runs a command in a task.' }) : args.operands.map(({ text }) => text).slice(0, 2).join(' ') === 'job scale' && args.operands.at(-1)?.text === '0' ? { risk: 'dangerous', why: 'It stops every instance.' } : undefined) },
  { names: 'packer atlantis spacelift infracost terraform-docs tflint terrascan driftctl cdktf terracognita terraformer terraform-ls', verbs: [reads('validate|inspect|version|breakdown|diff|output|list|synth|scan|markdown|json'), changes('init|fmt|get|import')], otherwise: { risk: 'dangerous', why: 'It makes or changes infrastructure.' }, inspect: (call) => (/^(tflint|terraform-docs|terrascan|infracost)$/.test(call.name) ? shows : undefined) },
  { names: 'dd0c dd0c-agent dd0c-server runbook-agent', verbs: [reads('scan|doctor|rules|classify|scrub|version|help|findings list|findings show|agents list|agents show|tokens list|runbooks list|runbooks show|runbooks diff|executions list|executions show|approvals list|audit verify|audit export|stacks list|keys list')], otherwise: { risk: 'forbidden', rule: 'attacks-agent', why: 'A step must not steer the agent that runs it.' } },
  { names: 'jenkins-cli travis circleci drone buildkite-agent tkn argo fly concourse tekton spin', verbs: [reads('list|get|logs|status|describe|builds|build info|pipeline list|pipelinerun list|pipelinerun logs|pipelinerun describe|taskrun list|taskrun logs|version|watch|validate|config validate|who-am-i|list-jobs|lint'), changes('retry|restart|resume|unpause-pipeline')] },
];
