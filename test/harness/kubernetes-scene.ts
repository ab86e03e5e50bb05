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
  definition('widgets', 'Widget', { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer' }, colour: { type: 'string', default: 'grey' }, parts: { type: 'array', items: { type: 'string' } }, ends: { type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['host', 'port'], items: { type: 'object', required: ['host', 'port'], properties: { host: { type: 'string' }, port: { type: 'integer' }, tls: { type: 'boolean', default: true } } } } } } } }),
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
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'some', namespace: 'shop' }, spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }] } },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop' }, spec: { rules: [{ host: 'shop.example', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } }] } }] } },
  { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly', namespace: 'shop' }, spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'job', image: 'registry.example/job:1' }] } } } } } },
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'worker', namespace: 'shop' }, spec: { minReplicas: 2, maxReplicas: 8, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'worker' } } },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'web', namespace: 'shop' }, spec: { minAvailable: 1, selector: { matchLabels: labels } } },
  { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'node', namespace: 'shop' }, spec: { selector: { matchLabels: { app: 'node' } }, template: { metadata: { labels: { app: 'node' } }, spec: { containers: [{ name: 'main', image: 'registry.example/node:1' }] } } } },
  { apiVersion: 'shop.example/v1', kind: 'Widget', metadata: { name: 'first', namespace: 'shop' }, spec: { size: 3, parts: ['a', 'b'], ends: [{ host: 'a', port: 80 }, { host: 'a', port: 443 }, { host: 'b', port: 80 }] } },
  { apiVersion: 'shop.example/v1', kind: 'Widget', metadata: { name: 'calm', namespace: 'shop' }, spec: { size: 1 } },
  { apiVersion: 'shop.example/v1', kind: 'Blob', metadata: { name: 'first', namespace: 'shop' }, spec: { anything: { deep: [1, 2] }, left: 'as it was' } },
];

const pod = { restartPolicy: 'Never', containers: [{ name: 'job', image: 'registry.example/job:1', env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'keys', key: 'password' } } }, { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] }] };

/** What else people keep in manifests, written as tersely as the API allows, so that much is left to its defaults. */
export const terse: readonly Manifest[] = [
  { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'db', namespace: 'shop' }, spec: { serviceName: 'db', selector: { matchLabels: { app: 'db' } }, template: { metadata: { labels: { app: 'db' } }, spec: { terminationGracePeriodSeconds: 10, containers: [{ name: 'db', image: 'registry.example/db', ports: [{ containerPort: 5432 }], volumeMounts: [{ name: 'data', mountPath: '/data' }], livenessProbe: { tcpSocket: { port: 5432 } }, readinessProbe: { httpGet: { path: '/', port: 5432 } } }], volumes: [{ name: 'conf', configMap: { name: 'settings' } }, { name: 'tmp', emptyDir: {} }, { name: 'all', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }] } }, volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1024Mi' } } } }] } },
  { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once', namespace: 'shop' }, spec: { template: { spec: pod } } },
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bare', namespace: 'shop' }, spec: { ...pod, tolerations: [{ key: 'a', operator: 'Exists' }], topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: labels } }] } },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace: 'shop' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
  { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'disk' }, spec: { capacity: { storage: '5Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/mnt' } } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'headless', namespace: 'shop' }, spec: { clusterIP: 'None', selector: labels, ports: [{ port: 53, protocol: 'UDP' }, { port: 53, name: 'tcp', protocol: 'TCP' }].map((port, index) => ({ name: `p${index}`, ...port })) } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'outside', namespace: 'shop' }, spec: { type: 'LoadBalancer', selector: labels, ports: [{ port: 443, targetPort: 'https' }] } },
  { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q', namespace: 'shop' }, spec: { hard: { 'requests.cpu': '2000m', memory: '2048Mi' } } },
  { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'l', namespace: 'shop' }, spec: { limits: [{ type: 'Container', default: { cpu: '500m' } }] } },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'allow', namespace: 'shop' }, spec: { podSelector: { matchLabels: labels }, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }] } },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'viewer' }, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }] },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'viewer' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'viewer' }, subjects: [{ kind: 'Group', name: 'viewers' }] },
  { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'example.com/disk' },
  { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'low' }, value: 10 },
  { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: { name: 'check' }, webhooks: [{ name: 'check.shop.example', admissionReviewVersions: ['v1'], sideEffects: 'None', failurePolicy: 'Ignore', clientConfig: { service: { name: 'x', namespace: 'shop' } }, rules: [{ apiGroups: ['none.example'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['nones'] }] }] },
  { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'cogs.shop.example' }, spec: { group: 'shop.example', scope: 'Namespaced', names: { plural: 'cogs', kind: 'Cog' }, versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }] } },
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'cpu', namespace: 'shop' }, spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }] } },
];

/** Where an object lies in the API; the plurals of English are enough here. */
export function pathOf({ apiVersion, kind, metadata }: Manifest): string {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const name = kind.toLowerCase();
  const plural = /(?:s|x)$/.test(name) ? `${name}es` : name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
  const isGlobal = ['Namespace', 'CustomResourceDefinition', 'ClusterRole', 'ClusterRoleBinding', 'PersistentVolume', 'StorageClass', 'PriorityClass', 'ValidatingWebhookConfiguration'].includes(kind);
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
