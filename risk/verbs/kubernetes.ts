import type { Args, OptionTable } from '../args.ts';
import { parseArgs } from '../args.ts';
import type { Call } from '../context.ts';
import { changes, endangers, reads, reveals, type Ruling } from '../ruling.ts';
import { hole, isKnown } from '../shell/value.ts';
import type { Tool } from '../tool.ts';
import { readFiles } from './readers.ts';

const shows: Ruling = { risk: 'read_only', rule: 'kubectl.show', why: 'It shows and changes nothing.' };

const options: OptionTable = {
  valued:
    '-n --namespace --context --cluster --user --kubeconfig -s --server --token --as --as-group --as-uid --certificate-authority --client-certificate --client-key --request-timeout --cache-dir --tls-server-name --password --username --profile --profile-output -v --v -l --selector -o --output -f --filename -k --kustomize -c --container -p --patch --type --field-selector --sort-by --template --replicas --current-replicas --resource-version --since --since-time --tail --timeout --for --image --grace-period --overrides --port --target-port --name --restart --env --labels -L --label-columns --from-file --from-literal --from-env-file --address --role --clusterrole --serviceaccount --verb --resource --resource-name --revision --to-revision --min --max --cpu-percent --limits --requests --field-manager --subresource --chunk-size --cascade --duration --audience --max-log-requests --pod-running-timeout --copy-to --target --profile-file --schedule -u --unit --pod-selector --loglevel --set-image --custom --output-directory --since-seconds --prune-allowlist --path --host --docker-server --docker-username --docker-password --docker-email --cert --key --message --tcp --user --group --namespaces',
  plain: '-A --all-namespaces --all --insecure-skip-tls-verify --warnings-as-errors --match-server-version --show-labels -w --watch --no-headers --force --now --wait -i -t -it --stdin --tty --rm -R --recursive --alsologtostderr --logtostderr -q --quiet',
};

/** kubectl and what speaks like it. */
export const kubernetes: readonly Tool[] = [
  {
    names: 'kubectl oc k kubecolor microk8s.kubectl kubectl.exe',
    options,
    flags: [endangers('--enable-exec|--enable-helm|--enable-alpha-plugins|--load-restrictor', 'It starts programs of its own, or reads files from anywhere.')],
    inspect: inspectKubectl,
    bare: shows,
    verbs: [
      reads('get|describe|logs|log|top|explain|api-resources|api-versions|version|cluster-info|diff|wait|events|kustomize|completion|options|help|status|projects|project|whoami|auth can-i|auth whoami|rollout status|rollout history|config view|config get-contexts|config current-context|config get-clusters|config get-users|plugin|plugin list|adm node-logs|adm top|adm inspect|adm release info|adm upgrade status|adm policy who-can|tree|neat|who-can|lineage|ns|ctx|stern|tail|view-allocations|resource-capacity|outdated|df-pv|argo rollouts get|argo rollouts list|argo rollouts status|cnpg status|cert-manager status|image info|policy can-i|policy who-can|policy scc-review'),
      changes('create|apply|patch|label|annotate|scale|autoscale|expose|set|cordon|uncordon|rollout restart|rollout pause|rollout resume|rollout undo|rollout latest|rollout retry|run|config use-context|config set-context|config set-cluster|config set-credentials|config set|config unset|config delete-context|config rename-context|port-forward|proxy|cluster-info dump|cnpg restart|argo rollouts promote|argo rollouts retry|cert-manager renew|start-build|adm must-gather|adm cordon|adm uncordon|import-image|tag|new-project|login|logout|extract|process|cancel-build|idle|project|expose service|argo rollouts pause'),
      endangers('delete|drain|taint|replace|edit|exec|attach|cp|debug|certificate approve|certificate deny|auth reconcile|rsh|rsync|adm drain|adm taint|adm policy|policy|adm prune|adm upgrade|adm certificate|adm ocp-certificates|adm wait-for-stable-cluster|new-app|rollback|secrets link|secrets unlink|sa|create token|config delete-cluster|config delete-user|argo rollouts abort|argo rollouts undo|argo rollouts set|cnpg promote|cnpg destroy|cnpg hibernate|cnpg fencing|node-shell|plugin install|krew install|krew|debug node|ssh-jump|exec-as|sudo|adm reboot-machine-config-pool|adm restart-kubelet|adm migrate|adm copy-to-node|alpha|convert'),
    ],
  },
  { names: 'stern kubetail kail', options: { valued: '-n --namespace --context -l -c -s --since --tail -o' }, otherwise: { risk: 'read_only', why: 'It shows logs.' } },
  { names: 'k3s-uninstall.sh k3s-agent-uninstall.sh rke2-uninstall.sh rancher-system-agent-uninstall.sh', otherwise: { risk: 'forbidden', rule: 'cluster-loss', why: 'It removes the cluster from this host, with its data.' } },
  { names: 'k3s-killall.sh rke2-killall.sh', otherwise: { risk: 'dangerous', rule: 'cluster-stop', why: 'It ends everything that the cluster runs on this host.' } },
  { names: 'kubectx kubens', otherwise: { risk: 'caution', why: 'It points later commands at another cluster or namespace.' }, bare: { risk: 'read_only', why: 'It only lists.' } },
  { names: 'k9s lens kubie kubesh', otherwise: { risk: 'dangerous', rule: 'interactive', why: 'What is done in the session is not known.' } },
  { names: 'kustomize kubeconform kubeval kube-score kube-linter pluto popeye kubent kube-bench kube-hunter polaris conftest opa trivy grype syft checkov tfsec hadolint datree', flags: [endangers('--enable-exec|--enable-helm|--enable-alpha-plugins', 'It starts programs of its own.')], otherwise: { risk: 'read_only', why: 'It only looks at manifests.' }, inspect: (call, args) => (call.name === 'kustomize' && /^(edit|create|localize)$/.test(args.operands[0]?.text ?? '') ? { risk: 'caution', why: 'It changes files.' } : /^(opa|conftest)$/.test(call.name) && /^(run|exec|push|pull)$/.test(args.operands[0]?.text ?? '') ? { risk: 'dangerous', why: 'It starts a server, or runs a policy that is not known.' } : undefined) },
  { names: 'kubeadm k3s rke rke2 k0s kops kind k3d minikube microk8s eksctl talosctl kubespray clusterctl vcluster crc', options: { valued: '-n -e --nodes --endpoints --name -p --profile --cluster --region --state -o' }, verbs: [reads('version|config images list|token list|certs check-expiration|upgrade plan|get|status|node list|cluster list|kubeconfig list|describe|profile list|ip|logs|service|health|etcd status|etcd members|disks|dmesg|services|processes|containers|memory|mounts|list|read|netstat|time|inspect|usage|stats|validate cluster|get clusters|get nodes|get instancegroups|utils describe-stacks|ls|etcd-snapshot ls|etcd-snapshot list|addons list'), reveals('kubeconfig|get kubeconfig|kubeconfig get|kubeconfig admin|config view|token create|certs certificate-key|export kubecfg|utils write-kubeconfig|get secrets'), changes('start|update-kubeconfig|etcd-snapshot|etcd-snapshot save|etcd snapshot|create cluster|cluster create|cluster start|load|image load|use-context|scale nodegroup|pause|unpause|addons enable|tunnel|config')] },
  { names: 'crictl ctr', options: { valued: '-r --runtime-endpoint -i --image-endpoint -t --timeout -c --config -n --namespace -a --address -o --output --name --label --state', plain: '-D --debug' }, verbs: [reads('ps|pods|images|image ls|images ls|containers ls|containers list|c ls|tasks ls|tasks list|t ls|inspect|inspecti|inspectp|logs|stats|statsp|info|version|imagefsinfo|img|namespaces ls|snapshots ls|content ls|events|metrics|containers info|image list|config|leases ls|plugins ls|runtime-config'), changes('pull|images pull|image pull|start|checkpoint|image tag|update'), endangers('exec|rm|rmp|rmi|stop|stopp|run|runp|create|attach|port-forward|tasks exec|tasks kill|tasks rm|containers rm|images rm|run')], inspect: (call, args) => (args.operands[0]?.text === 'exec' ? execInside(call, args, 2) : args.operands.slice(0, 3).map(({ text }) => text).join(' ').startsWith('tasks exec') ? execInside(call, args, 3) : /^rm(i|p)?$/.test(args.operands[0]?.text ?? '') && args.has('-a', '--all') ? { risk: 'dangerous', why: 'It removes everything of the node.' } : undefined) },
];

/** Kinds whose loss is the loss of all that hangs on them. */
const whole = /^(ns|namespaces?|projects?|crds?|customresourcedefinitions?(\..*)?|nodes?|no|pv|persistentvolumes?|clusterroles?|clusterrolebindings?|all|storageclass(es)?|sc|apiservices?|(validating|mutating)webhookconfigurations?)$/i;
const healed = /^(po|pods?|events?|ev|jobs?|replicasets?|rs)$/i;
const systemSpace = /^(kube-system|kube-public|kube-node-lease|default|openshift-.*)$/;
const secretKind = /^(secrets?|secret\/.*|secrets\/.*)$/i;

function inspectKubectl(call: Call, args: Args): Ruling | undefined {
  const [verb = '', noun] = args.operands.map(({ text }) => text);
  if (args.valueOf('--server', '-s') || args.valueOf('--kubeconfig') || args.valueOf('--token') || args.has('--insecure-skip-tls-verify')) if (verb !== 'config') call.add('caution', 'kubectl.server', 'It may speak to another server, or as another user.', call.span);
  if (args.has('--as', '--as-group')) call.add('caution', 'kubectl.as', 'It acts as somebody else.', call.span);
  fetchedManifest(call, args, verb);
  overrides(call, args);
  const dry = args.find('--dry-run');
  const reader = /^(get|describe|explain|logs|log|top)$/.test(verb);
  if (dry && !/=none/.test(dry.word.text) && !reader) return { risk: 'read_only', rule: 'kubectl.dry-run', why: 'It only says what it would do.' };
  if (args.operands[0] && !isKnown(args.operands[0])) return undefined;
  switch (verb) {
    case 'get':
    case 'describe':
      return getRuling(call, args, noun);
    case 'config':
      return noun === 'view' && args.has('--raw', '--flatten') ? secretShown(call) : undefined;
    case 'create':
      if (args.has('--raw')) return { risk: 'dangerous', rule: 'kubectl.raw', why: 'It sends what a file says to any address of the cluster.' };
      if (noun === 'token') return secretShown(call);
      if (noun === 'cronjob' || noun === 'cj' || (noun === 'job' && args.has('--image'))) return startsJob(call, args, noun);
      if (noun === 'service' || noun === 'svc') return opensService(call, args);
      return /^(clusterrolebinding|rolebinding|clusterrole|role)$/.test(noun ?? '') ? { risk: 'dangerous', rule: 'kubectl.grant', why: 'It gives somebody rights in the cluster.' } : undefined;
    case 'delete':
      return deleteRuling(args);
    case 'expose':
      return opensService(call, args);
    case 'label':
      return /pod-security\.kubernetes\.io\/\S*=privileged|istio-injection=disabled/.test(textOf(call)) ? { risk: 'dangerous', rule: 'kubectl.label', why: 'It takes a guard of the namespace away.' } : undefined;
    case 'idle':
      return { risk: 'dangerous', rule: 'kubectl.scale-to-zero', why: 'It stops every replica.' };
    case 'extract':
      return secretShown(call);
    case 'scale':
      return args.valueOf('--replicas')?.text === '0' ? { risk: 'dangerous', rule: 'kubectl.scale-to-zero', why: 'It stops every replica.' } : args.has('--all') ? { risk: 'dangerous', why: 'It changes everything in the namespace.' } : undefined;
    case 'run':
    case 'debug':
      return runRuling(call, args);
    case 'exec':
    case 'rsh':
      return execInside(call, args, verb === 'rsh' ? 2 : 2);
    case 'cp':
    case 'rsync':
      for (const file of args.operands.slice(1)) if (/token|secret|\.kube|\.ssh|shadow/.test(file.text)) call.context.report.note('reads-secret', file.span);
      return undefined;
    case 'port-forward':
    case 'proxy':
      return /0\.0\.0\.0|::/.test(args.valueOf('--address')?.text ?? '') || args.has('--accept-hosts', '--disable-filter') ? { risk: 'dangerous', rule: 'kubectl.open-port', why: 'It opens a way into the cluster for other hosts.' } : undefined;
    case 'drain':
      return args.has('--all') ? { risk: 'forbidden', rule: 'cluster-loss', why: 'It empties every node.' } : undefined;
    case 'cordon':
      return args.has('--all') ? { risk: 'dangerous', why: 'Nothing can be scheduled any more.' } : undefined;
    case 'apply':
    case 'patch':
    case 'replace':
      if (args.has('--prune')) return { risk: 'dangerous', rule: 'kubectl.prune', why: 'It deletes what the files no longer name.' };
      if (/privileged"?\s*:\s*true|hostPID|hostPath|hostNetwork|cluster-admin/.test(call.words.map(({ text }) => text).join(' '))) return { risk: 'forbidden', rule: 'kubectl.privileged', why: 'It gives a container the host, or somebody the cluster.' };
      if (verb === 'patch') return patchRuling(call, args, noun);
      return verb === 'apply' && noun === 'view-last-applied' ? shows : undefined;
    case 'set':
      return /^(env|serviceaccount|sa|subject|selector)$/.test(noun ?? '') ? (args.has('--list') ? secretShown(call) : noun === 'env' ? undefined : { risk: 'dangerous', rule: 'kubectl.grant', why: 'It gives somebody rights, or pods to another service.' }) : undefined;
    case 'cluster-info':
      return noun === 'dump' ? { risk: 'caution', why: 'It shows everything of the cluster.' } : undefined;
    case 'policy':
      return /^add-cluster-role-to-|^add-scc/.test(noun ?? '') ? { risk: 'dangerous', why: 'It gives somebody rights in the cluster.' } : undefined;
    default:
      return undefined;
  }
}

function textOf(call: Call): string {
  return call.words.map(({ text }) => text).join(' ');
}

/** Kinds that hold rights, data, or what every other one rests on. */
const load = /^(clusterrole\w*|role\w*|pv|pvc|persistentvolume\w*|ns|namespaces?|nodes?|no|crds?|customresourcedefinition\S*|apiservices?|\w*webhookconfigurations?|sc|storageclass\w*|networkpolic\w*|netpol|podsecuritypolic\w*|serviceaccounts?|sa|secrets?)(\/.*)?$/i;

/** A patch is read as far as it is there: what takes away, opens, or gives rights is hard to undo. */
function patchRuling(call: Call, args: Args, noun = ''): Ruling | undefined {
  const patch = args.valueOf('-p', '--patch');
  const text = (patch?.text ?? textOf(call)).replaceAll(/[\s\\"']/g, '');
  if (patch && !isKnown(patch)) return { risk: 'dangerous', rule: 'kubectl.patch-unknown', why: 'Only the run will know what it changes.' };
  if (/(finalizers|replicas|minAvailable|parallelism):(null|\[\]|0)|ReclaimPolicy:(Delete|Recycle)|deletionProtection:false|op:remove/.test(text)) return { risk: 'dangerous', rule: 'kubectl.patch', why: 'It takes away what keeps the resource alive.' };
  if (/type:(LoadBalancer|NodePort|ExternalName)|externalIPs|hostPort|allowPrivilegeEscalation:true|runAsUser:0|serviceAccount(Name)?:|SYS_ADMIN|command:\[|failurePolicy:Ignore|insecureSkipTLSVerify:true/i.test(text)) return { risk: 'dangerous', rule: 'kubectl.patch', why: 'It opens something, gives rights, or runs another command.' };
  return load.test(noun) && !/unschedulable|annotations:|labels:/.test(text) ? { risk: 'dangerous', rule: 'kubectl.patch', why: 'Rights, data or other resources rest on it.' } : undefined;
}

function opensService(call: Call, args: Args): Ruling | undefined {
  const opens = /^(loadbalancer|nodeport|externalname)$/i.test(args.operands[2]?.text ?? '') || /^(LoadBalancer|NodePort|ExternalName)$/i.test(args.valueOf('--type')?.text ?? '') || args.has('--external-ip');
  void call;
  return opens ? { risk: 'dangerous', rule: 'kubectl.open-port', why: 'It opens a way into the cluster for other hosts.' } : undefined;
}

function startsJob(call: Call, args: Args, noun: string): Ruling {
  const dashes = call.words.findIndex(({ text }) => text === '--');
  if (dashes !== -1) call.context.elsewhere((container) => container.run(call.words.slice(dashes + 1)));
  void args;
  return { risk: 'dangerous', rule: 'kubectl.run', why: noun === 'job' ? 'It starts an image, and what the image does is not known.' : 'It starts an image again and again.' };
}

function secretShown(call: Call): Ruling {
  call.context.report.note('reads-secret', call.span);
  return { risk: 'caution', rule: 'sensitive-read', why: 'It shows a secret.' };
}

function getRuling(call: Call, args: Args, noun: string | undefined): Ruling | undefined {
  const raw = args.find('--raw');
  if (raw && /\/(exec|attach|run|portforward)(\/|\?|$)/i.test(textOf(call))) return { risk: 'dangerous', rule: 'kubectl.raw', why: 'It runs something by the address of a container.' };
  if (raw) return /\/secrets|\/proxy/.test(call.words.map(({ text }) => text).join(' ')) ? secretShown(call) : undefined;
  const kinds = args.operands.slice(1).flatMap(({ text }) => (text === noun || text.includes('/') ? text.split(',') : []));
  if (!kinds.some((kind) => secretKind.test(kind))) return undefined;
  const output = args.valueOf('-o', '--output', '--template')?.text ?? '';
  if (args.operands[0]?.text === 'describe' || /^(|wide|name)$/.test(output)) return undefined;
  if (/custom-columns|jsonpath|go-template/.test(output) && !/\.data|\.stringData|\{\.items\}|\{\}|\{\.\}|@|\$|\*\]\}/.test(output)) return undefined;
  if (/tls\\?\.crt|ca\\?\.crt|\.type|\.metadata/.test(output) && !/tls\\?\.key|token|password/.test(output)) return undefined;
  return secretShown(call);
}

function deleteRuling(args: Args): Ruling | undefined {
  const nouns = args.operands.slice(1).map(({ text }) => text);
  const [kind = '', ...names] = nouns;
  const kinds = kind.split(',').map((one) => one.split('/')[0] ?? '');
  const everything = args.has('--all') || args.has('-l', '--selector') || nouns.includes('*');
  const everywhere = args.has('-A', '--all-namespaces');
  if (kinds.some((one) => whole.test(one)) && (args.has('--all') || everywhere)) return { risk: 'forbidden', rule: 'cluster-loss', why: 'It deletes everything of a kind that the whole cluster rests on.' };
  if (args.has('--all') && everywhere) return { risk: 'forbidden', rule: 'cluster-loss', why: 'It deletes everything of a kind in every namespace.' };
  if (kinds.some((one) => /^(ns|namespaces?|projects?)$/.test(one)) && [...names, kind.split('/')[1] ?? ''].some((name) => systemSpace.test(name))) return { risk: 'forbidden', rule: 'cluster-loss', why: 'The cluster does not work without this namespace.' };
  if (/dd0c/.test(nouns.join(' '))) return { risk: 'forbidden', rule: 'attacks-agent', why: 'It deletes the agent that runs this.' };
  if (!kinds.every((one) => healed.test(one)) || everything || everywhere || args.has('-f', '--filename', '--force', '--now', '-k', '--kustomize', '--raw')) return { risk: 'dangerous', rule: 'kubectl.delete', why: 'It deletes something that nothing brings back by itself.' };
  if (args.valueOf('--grace-period')?.text === '0') return { risk: 'dangerous', rule: 'kubectl.delete', why: 'It ends the program at once.' };
  return { risk: 'caution', rule: 'kubectl.delete', why: 'A controller starts a new one, where there is one.' };
}

/** A command in a container counts as itself; a shell without one is open. */
export function execInside(call: Call, args: Args, behind: number): Ruling {
  const dashes = call.words.findIndex(({ text }) => text === '--');
  const parsed = dashes === -1 ? parseArgs(call.words, { ...options, stopsAtOperand: false }) : args;
  const inner = dashes === -1 ? parsed.operands.slice(behind) : call.words.slice(dashes + 1);
  if (inner.length === 0) return { risk: 'dangerous', rule: 'interactive-shell', why: 'It opens a shell in a container, and what is typed there is not known.' };
  if (dashes === -1) {
    const [first] = inner;
    const from = call.words.findIndex((word) => word === first);
    call.context.elsewhere((container) => container.run(call.words.slice(from)));
  } else call.context.elsewhere((container) => container.run(inner));
  return { risk: 'read_only', rule: 'exec', why: 'The command in the container is judged by itself.' };
}

function runRuling(call: Call, args: Args): Ruling | undefined {
  const dashes = call.words.findIndex(({ text }) => text === '--');
  if (dashes !== -1) call.context.run(call.words.slice(dashes + 1));
  const verb = args.operands[0]?.text;
  if (verb === 'debug' && /^(node|nodes|no)(\/|$)/.test(args.operands[1]?.text ?? '')) return { risk: 'dangerous', rule: 'kubectl.debug-node', why: 'It opens the host of a node.' };
  return args.has('-i', '-t', '--stdin', '--tty', '--attach') && dashes === -1 ? { risk: 'dangerous', rule: 'interactive-shell', why: 'It opens a shell in a container.' } : { risk: 'dangerous', why: 'It starts an image, and what the image does is not known.', rule: 'kubectl.run' };
}

function overrides(call: Call, args: Args): void {
  const text = args.valueOf('--overrides')?.text ?? '';
  const word = args.valueOf('--overrides') ?? call.span;
  if (args.has('--privileged') || /privileged"?\s*:\s*true|hostPID|hostPath|hostNetwork|hostIPC/.test(text)) call.add('forbidden', 'kubectl.privileged', 'It gives a container the host.', word);
}

function fetchedManifest(call: Call, args: Args, verb: string | undefined): void {
  for (const { name, value } of args.options) {
    if (!/^(-f|--filename|-k|--kustomize)$/.test(name) || value === undefined || verb === 'logs' || verb === 'log') continue;
    if (/^([a-z][a-z0-9+.-]*::?\/\/|git(@|::))|\?ref=|^[\w-]+(\.[\w-]+)*\.(com|org|net|io|dev|cloud|de|eu|sh)\//i.test(value.text)) call.add('dangerous', 'remote-manifest', 'What the other host sends is not known.', value);
    else if (value.text.includes(hole)) call.add('dangerous', 'unknown-manifest', 'Only the run will know what it applies.', value);
    else if (/^(-|\/dev\/(stdin|fd\/.*))$/.test(value.text) && verb !== 'diff' && verb !== 'get') call.add(call.context.stdin.kind === 'unknown' && call.context.stdin.fetched ? 'forbidden' : 'dangerous', 'unread-manifest', 'The manifests that it reads are not judged here.', value);
    else readFiles(call, []);
  }
}
