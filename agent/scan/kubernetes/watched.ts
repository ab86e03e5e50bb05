import type { Sighting } from '#proto/domain/resource.ts';
import { comparableFields, secretPaths } from './comparable.ts';
import type { KubernetesObject } from './documents.ts';
import { isRelease } from './helm-release.ts';
import { selects } from './label-selector.ts';
import { glob } from './managers.ts';
import { addressOf, identityOf, typeOf } from './object-identity.ts';
import type { Watched } from './settings.ts';

/** A kind as a manifest or dd0c.yaml names it; without a group and version it is any that is called so. */
export interface WatchedKind {
  readonly apiVersion: string | null;
  readonly group: string | null;
  readonly kind: string;
}

/** `ConfigMap`, `apps/Deployment`, `v1/Service`, `apps/v1/Deployment`. */
export function readKind(text: string): WatchedKind {
  const parts = text.split('/');
  const kind = parts.at(-1) ?? '';
  if (parts.length === 1) return { apiVersion: null, group: null, kind };
  if (parts.length === 3) return { apiVersion: parts.slice(0, 2).join('/'), group: parts[0] ?? '', kind };
  const [first = ''] = parts;
  return /^v\d/.test(first) ? { apiVersion: first, group: '', kind } : { apiVersion: null, group: first, kind };
}

/** Whether dd0c.yaml asks for objects like this one. Kinds that it leaves out are those of the manifests. */
export function isWatched(object: KubernetesObject, watched: readonly Watched[], manifests: readonly KubernetesObject[]): boolean {
  const { group, kind, namespace } = identityOf(object);
  return watched.some(({ namespaces, labels, kinds }) => {
    const isNamed = kinds === undefined
      ? manifests.some((manifest) => identityOf(manifest).group === group && manifest.kind === kind)
      : kinds.map(readKind).some((one) => one.kind === kind && (one.group === null || one.group === group));
    return isNamed && isInNamespaces(namespace, namespaces, manifests) && (labels === undefined || selects(labels, labelsOf(object)));
  });
}

/** Namespaces that are left out are those of the manifests; objects outside of namespaces are found by label or kind alone. */
export function isInNamespaces(namespace: string, globs: readonly string[] | undefined, manifests: readonly KubernetesObject[]): boolean {
  if (namespace === '') return globs === undefined;
  return globs === undefined ? manifests.some(({ metadata }) => metadata.namespace === namespace) : globs.some((one) => glob(one).test(namespace));
}

/** True for what belongs to another object, or what every cluster makes by itself: nobody's manifest names those. */
export function isMadeByCluster(object: KubernetesObject): boolean {
  const { group, kind, namespace, name } = identityOf(object);
  const owners = object.metadata['ownerReferences'];
  if (Array.isArray(owners) && owners.length > 0) return true;
  if (isRelease(object) || object['type'] === 'kubernetes.io/service-account-token' || object['type'] === 'bootstrap.kubernetes.io/token') return true;
  if (group === '' && kind === 'ConfigMap' && /^(?:kube-root-ca\.crt|openshift-service-ca\.crt|istio-ca-root-cert)$/.test(name)) return true;
  if (group === '' && kind === 'ServiceAccount' && name === 'default') return true;
  if (group === '' && kind === 'Service' && name === 'kubernetes' && namespace === 'default') return true;
  if (group === '' && kind === 'Namespace' && /^(?:default|kube-.*)$/.test(name)) return true;
  return transient.has(kind) || (/^(?:Cluster)?Role$/.test(kind) && name.startsWith('system:')); // a role does nothing without a binding, and those are told
}

/** Kinds that come and go with others. */
const transient = new Set(['Event', 'Endpoints', 'EndpointSlice', 'Lease', 'ControllerRevision', 'PodMetrics', 'NodeMetrics', 'ComponentStatus']);

/** An object that no manifest names. */
export function unmanaged(live: KubernetesObject): Sighting {
  const values = comparableFields(live);
  const uid = live.metadata['uid'];
  return {
    address: addressOf(identityOf(live)),
    type: typeOf(live),
    provider: null,
    id: typeof uid === 'string' ? uid : null,
    sides: { code: null, live: { values, sensitive: secretPaths(values), unknown: [], partial: false } },
    movedFrom: null,
    ignored: [],
  };
}

function labelsOf({ metadata }: KubernetesObject): Readonly<Record<string, unknown>> {
  const labels = metadata['labels'];
  return typeof labels === 'object' && labels !== null ? { ...labels } : {};
}
