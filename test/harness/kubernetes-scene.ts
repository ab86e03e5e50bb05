import type { KubeApiServer } from './kube-apiserver.ts';

/** An object as a person writes it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [more: string]: unknown };
  readonly [more: string]: unknown;
}

const labels = { app: 'web' };

/** A deployment of one container. */
export function deployment(name: string, spec: object = {}, container: object = {}): Manifest {
  return {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'shop' },
    spec: { selector: { matchLabels: { app: name } }, ...spec, template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image: 'registry.example/app:1', ...container }] } } },
  };
}

/** Definitions that come before the objects of their kinds. */
export const definitions: readonly Manifest[] = [
  definition('widgets', 'Widget', { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer' }, colour: { type: 'string', default: 'grey' }, parts: { type: 'array', items: { type: 'string' } } } } } }),
  definition('blobs', 'Blob', { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }),
];

function definition(plural: string, kind: string, openAPIV3Schema: object): Manifest {
  return {
    apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: `${plural}.shop.example` },
    spec: { group: 'shop.example', scope: 'Namespaced', names: { plural, kind, singular: kind.toLowerCase() }, versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }] },
  };
}

/** A shop in a namespace of its own: fifteen kinds, some of them twice. */
export const shop: readonly Manifest[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'shop' } } },
  ...definitions,
  deployment('web', { replicas: 2 }, { ports: [{ containerPort: 8080 }], env: [{ name: 'MODE', value: 'prod' }] }),
  deployment('worker', { replicas: 2 }),
  deployment('meshed', {}, { resources: { requests: { cpu: '250m' } } }),
  deployment('rewritten', { replicas: 1 }, { resources: { limits: { cpu: '1000m', memory: '1024Mi' } }, ports: [{ containerPort: 8080, name: 'http' }, { containerPort: 9090, name: 'metrics' }] }),
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 8080 }, { name: 'metrics', port: 9090, targetPort: 9090 }] } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'rewritten' }, spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 8080 }, { name: 'metrics', port: 9090, targetPort: 9090 }] } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data: { level: 'info', colour: 'blue' } },
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys', namespace: 'shop' }, stringData: { password: 'first-value-of-it' } },
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'calm', namespace: 'shop' }, stringData: { password: 'never-touched-value' } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web', namespace: 'shop' } },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'reader', namespace: 'shop' }, rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }] },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'reader', namespace: 'shop' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' }, subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }] },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'deny', namespace: 'shop' }, spec: { podSelector: {}, policyTypes: ['Ingress'] } },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop' }, spec: { rules: [{ host: 'shop.example', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } }] } }] } },
  { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly', namespace: 'shop' }, spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'job', image: 'registry.example/job:1' }] } } } } } },
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'worker', namespace: 'shop' }, spec: { minReplicas: 2, maxReplicas: 8, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'worker' } } },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'web', namespace: 'shop' }, spec: { minAvailable: 1, selector: { matchLabels: labels } } },
  { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'node', namespace: 'shop' }, spec: { selector: { matchLabels: { app: 'node' } }, template: { metadata: { labels: { app: 'node' } }, spec: { containers: [{ name: 'main', image: 'registry.example/node:1' }] } } } },
  { apiVersion: 'shop.example/v1', kind: 'Widget', metadata: { name: 'first', namespace: 'shop' }, spec: { size: 3, parts: ['a', 'b'] } },
  { apiVersion: 'shop.example/v1', kind: 'Widget', metadata: { name: 'calm', namespace: 'shop' }, spec: { size: 1 } },
  { apiVersion: 'shop.example/v1', kind: 'Blob', metadata: { name: 'first', namespace: 'shop' }, spec: { anything: { deep: [1, 2] }, left: 'as it was' } },
];

/** Where an object lies in the API; the plurals of English are enough here. */
export function pathOf({ apiVersion, kind, metadata }: Manifest): string {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const name = kind.toLowerCase();
  const plural = /(?:s|x)$/.test(name) ? `${name}es` : name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
  const isGlobal = ['Namespace', 'CustomResourceDefinition', 'ClusterRole', 'ClusterRoleBinding'].includes(kind);
  return `${group}${isGlobal ? '' : `/namespaces/${metadata.namespace ?? 'shop'}`}/${plural}/${metadata.name}`;
}

/** Applies as `kubectl apply --server-side` does. */
export async function apply(server: KubeApiServer, manifest: Manifest, manager = 'kubectl'): Promise<void> {
  await server.send('PATCH', `${pathOf(manifest)}?fieldManager=${manager}&force=true`, manifest, 'application/apply-patch+yaml');
}

/** Changes an object in place, as a tool of that name would. */
export async function patch(server: KubeApiServer, manifest: Manifest, manager: string, change: object, subresource = ''): Promise<void> {
  const isCustom = manifest.apiVersion.includes('.example/') || subresource !== '';
  await server.send('PATCH', `${pathOf(manifest)}${subresource}?fieldManager=${manager}`, change, isCustom ? 'application/merge-patch+json' : 'application/strategic-merge-patch+json');
}
