import type { OwnedField } from './managed-fields.ts';

/**
 * Who writes to objects, by the name of its field manager. `applier`: carries manifests into the cluster; `controller`:
 * part of the cluster's own working; `person`: somebody's tool.
 */
export type ManagerKind = 'applier' | 'controller' | 'person';

/** Tools of persons whose names look like a controller's. */
const people: readonly string[] = [
  'kubectl', 'kubectl-*', 'Lens', 'OpenLens', 'freelens*', 'k9s', 'Mozilla', 'Mozilla/*', 'headlamp*', 'octant*', 'Rancher', 'rancher', 'kubernetes-dashboard', 'dashboard',
  'oc', 'kuberlr*', 'python-requests*', 'curl*', 'node-fetch*', 'OpenAPI-Generator*',
];

const appliers: readonly string[] = [
  'kubectl-client-side-apply', 'kubectl-create', 'kubectl-replace', 'kubectl-run', 'kubectl-expose', 'helm', 'Helm', 'helm-operator', 'argocd*', 'kustomize-controller', 'helm-controller', 'flux*',
  'terraform*', 'Terraform*', 'HashiCorp*', 'opentofu*', 'OpenTofu*', 'pulumi*', 'kapp*', 'fleet*', 'ansible*', 'carvel*', 'spinnaker*', 'skaffold*', 'tilt*', 'crossplane*', 'sealed-secrets*',
];

const controllers: readonly string[] = [
  'kube-controller-manager', 'cloud-controller-manager', 'kube-scheduler', 'kube-apiserver', 'kubelet', 'kube-vpnkit', 'kube-proxy', 'k3s', 'k3s@*', 'rke2*', 'microk8s*', 'kubeadm', 'node-problem-detector',
  '*-controller', '*-controller-manager', '*-operator', '*-webhook', '*-injector', '*-provisioner', '*-scheduler', '*_controller', 'cert-manager*', 'cainjector*', 'istio*', 'linkerd*', 'pilot-discovery', 'vault-agent-*',
  'vpa-*', 'vertical-pod-autoscaler*', 'keda*', 'cluster-autoscaler', 'karpenter*', 'manager', 'aws-*', 'gke-*', 'azure-*', 'aks-*', 'GoogleContainerEngine', 'eks', 'external-dns', 'external-secrets*', 'metallb*',
  'calico*', 'cilium*', 'gatekeeper*', 'kyverno*', 'knative*', 'openshift-*', 'traefik*', 'nginx-ingress-*', 'longhorn*', 'rook*', 'velero*', 'descheduler', 'reloader', 'Reloader', 'csi-*', 'snapshot-controller', 'ingress-gce*', 'prometheus-operator*',
];

/** Whether a tool sends whole objects for persons as well as for pipelines, so that what it wrote tells nothing of why. */
export function isForAnyone(manager: string): boolean {
  return /^kubectl-(?:create|replace|run|expose)$/.test(manager);
}

/** What a user adds: names that come before every one that is known. */
export interface ManagerNames {
  readonly appliers: readonly string[];
  readonly controllers: readonly string[];
  readonly people: readonly string[];
}

/**
 * Tells the kind of a manager. The user's names come first, an exact name before a pattern. A person's tool that applies
 * carries a manifest; what is not known at all is a person, so that an unknown client is told rather than passed over.
 */
export function createManagerKinds(extra: Partial<ManagerNames> = {}): (field: Pick<OwnedField, 'manager' | 'operation'>) => ManagerKind {
  const [own, known] = [listed(extra.people, extra.appliers, extra.controllers), listed(people, appliers, controllers)];
  return ({ manager, operation }) => {
    const kind = kindIn(own, manager);
    if (kind !== null) return kind;
    const usual = kindIn(known, manager) ?? 'person';
    return usual === 'person' && operation === 'Apply' ? 'applier' : usual; // `kubectl apply --server-side` is called kubectl as `kubectl scale` is
  };
}

function kindIn(lists: readonly Listed[], manager: string): ManagerKind | null {
  const found = lists.find(({ names }) => names.has(manager)) ?? lists.find(({ patterns }) => patterns.some((pattern) => pattern.test(manager)));
  return found?.kind ?? null;
}

interface Listed {
  readonly kind: ManagerKind;
  readonly names: ReadonlySet<string>;
  readonly patterns: readonly RegExp[];
}

function listed(persons: readonly string[] = [], carriers: readonly string[] = [], machinery: readonly string[] = []): readonly Listed[] {
  const of = (kind: ManagerKind, names: readonly string[]): Listed => ({ kind, names: new Set(names), patterns: names.filter((name) => name.includes('*')).map(glob) });
  return [of('applier', carriers), of('controller', machinery), of('person', persons)];
}

/** `*` is any text. */
export function glob(text: string): RegExp {
  return new RegExp(`^${text.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 's');
}
