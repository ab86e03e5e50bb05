import type { OwnedField } from './managed-fields.ts';

/**
 * Who writes to objects, by the name of its field manager. `applier`: carries manifests into the cluster; `controller`:
 * part of the cluster's own working; `person`: somebody's tool. Names are data; what none of them knows is a person, so
 * that an unknown client is told rather than passed over.
 */
export type ManagerKind = 'applier' | 'controller' | 'person';

const appliers = [
  /^kubectl-client-side-apply$/, /^kubectl-create$/, /^kubectl-replace$/, /^helm$/i, /^argocd/, /^(?:kustomize|helm)-controller$/, /^flux/,
  /^terraform/i, /^opentofu/i, /^pulumi/i, /^kapp/, /^fleet/, /^ansible/i, /^carvel/, /^spinnaker/i, /^skaffold/,
];

const controllers = [
  /^kube-controller-manager$/, /^cloud-controller-manager$/, /^kube-scheduler$/, /^kube-apiserver$/, /^kubelet$/, /^kube-vpnkit/,
  /-controller(?:-manager)?$/, /-operator$/, /-webhook$/, /^cert-manager/, /^cainjector/, /^istio/, /^linkerd/, /^pilot-discovery$/,
  /^vpa-|^vertical-pod-autoscaler/, /^keda/, /^cluster-autoscaler/, /^manager$/, /^aws-/, /^gke-/, /^GoogleContainerEngine$/, /^eks$/, /^prometheus-operator/,
];

export interface ManagerNames {
  readonly appliers: readonly string[];
  readonly controllers: readonly string[];
}

/** Tells the kind of a manager; the names a user adds come first. */
export function createManagerKinds(extra: ManagerNames = { appliers: [], controllers: [] }): (field: Pick<OwnedField, 'manager' | 'operation'>) => ManagerKind {
  return ({ manager, operation }) => {
    if (extra.appliers.includes(manager)) return 'applier';
    if (extra.controllers.includes(manager)) return 'controller';
    if (appliers.some((pattern) => pattern.test(manager))) return 'applier';
    if (controllers.some((pattern) => pattern.test(manager))) return 'controller';
    return operation === 'Apply' ? 'applier' : 'person';
  };
}
