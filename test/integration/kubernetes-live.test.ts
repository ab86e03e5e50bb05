import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeFolder } from '#test/harness/folder.ts';
import { kubeAssets, type KubeApiServer, startKubeApiServer } from '#test/harness/kube-apiserver.ts';
import { scanKubernetes } from '#test/harness/kubernetes-scan.ts';
import { apply, type Manifest, patch, pathOf, shop } from '#test/harness/kubernetes-scene.ts';

const { folder: assets, reason } = kubeAssets();

describe.skipIf(assets === null)(`manifests against a real API server${reason}`, () => {
  let server: KubeApiServer;

  beforeAll(async () => {
    server = await startKubeApiServer(assets ?? '');
    for (const manifest of shop) await applied(manifest);
  });
  afterAll(() => server?.stop());

  test('a cluster that nobody touched is in sync with its manifests', async () => {
    const scan = await scanKubernetes(await manifests(shop), { against: { side: 'live' }, env: { KUBECONFIG: server.kubeconfig } });

    expect(scan).toMatchObject({ against: 'live', real: [], noise: [], gaps: [] });
    expect(scan.checked).toHaveLength(shop.length);
  });

  test('finds what was changed by hand, tells what controllers did, and nothing else', async () => {
    await patch(server, the('Deployment', 'web'), 'kubectl-set', { spec: { template: { spec: { containers: [{ name: 'main', image: 'registry.example/app:hotfix' }] } } } });
    await patch(server, the('Deployment', 'web'), 'kubectl-patch', { spec: { template: { spec: { containers: [{ name: 'main', securityContext: { privileged: true } }] } } } });
    await patch(server, the('ConfigMap', 'settings'), 'kubectl-edit', { data: { level: 'debug', extra: 'by hand' } });
    await patch(server, the('Service', 'web'), 'kubectl-edit', { spec: { ports: [{ port: 80, targetPort: 8443 }] } });
    await patch(server, the('Secret', 'keys'), 'Lens', { stringData: { password: 'second-value-of-it' } });
    await patch(server, the('Role', 'reader'), 'kubectl-edit', { rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'delete'] }] });
    await patch(server, the('CronJob', 'nightly'), 'kubectl-patch', { spec: { suspend: true } });
    await patch(server, the('Widget', 'first'), 'kubectl-edit', { spec: { size: 4, colour: 'red' } });
    await patch(server, the('Blob', 'first'), 'k9s', { spec: { anything: { deep: [1, 2, 3] } } });
    await patch(server, the('HorizontalPodAutoscaler', 'worker'), 'kubectl-edit', { spec: { maxReplicas: 80 } });
    await patch(server, the('PodDisruptionBudget', 'web'), 'kubectl-label', { metadata: { labels: { owner: 'ops' } } });
    await patch(server, the('PodDisruptionBudget', 'web'), 'some-operator', { metadata: { annotations: { seen: 'yes' } } });
    await rewrite('Widget', 'first', (spec) => ({ ...spec, ends: [...(spec['ends'] as unknown[]), { host: 'c', port: 80 }] }));
    await rewrite('NetworkPolicy', 'some', (spec) => ({ ...spec, ingress: [{ from: [{ podSelector: {} }, { ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 80, protocol: 'TCP' }] }] }));
    await server.send('DELETE', pathOf(the('NetworkPolicy', 'deny')));

    await patch(server, the('Deployment', 'worker'), 'kube-controller-manager', { spec: { replicas: 6 } }, '/scale');
    await patch(server, the('Deployment', 'meshed'), 'istio-sidecar-injector', { spec: { template: { metadata: { annotations: { 'sidecar.istio.io/status': 'injected' } }, spec: { containers: [{ name: 'istio-proxy', image: 'mesh:1' }] } } } });
    await patch(server, the('ServiceAccount', 'web'), 'kube-controller-manager', { metadata: { annotations: { token: 'made' } } });
    await patch(server, the('Deployment', 'meshed'), 'vpa-updater', { spec: { template: { spec: { containers: [{ name: 'main', resources: { requests: { cpu: '400m' } } }] } } } });

    await rewrite('Service', 'rewritten', (spec) => ({ ...spec, ports: (spec['ports'] as unknown[]).toReversed() }));
    await patch(server, the('Deployment', 'rewritten'), 'kubectl-edit', { spec: { template: { spec: { containers: [{ name: 'main', resources: { limits: { cpu: '1', memory: '1Gi' } } }] } } } });

    const scan = await scanKubernetes(await manifests(shop), { against: { side: 'live' }, env: { KUBECONFIG: server.kubeconfig } });

    expect(scan.real).toEqual([
      'ConfigMap/shop/settings data.extra add by kubectl-edit',
      'ConfigMap/shop/settings data.level update by kubectl-edit',
      'Secret/shop/keys data.password update by Lens',
      'Service/shop/web spec.ports[0].targetPort update by kubectl-edit',
      'apps/Deployment/shop/web spec.template.spec.containers[0].image update by kubectl-set',
      'apps/Deployment/shop/web spec.template.spec.containers[0].securityContext add by kubectl-patch',
      'autoscaling/HorizontalPodAutoscaler/shop/worker spec.maxReplicas update by kubectl-edit',
      'batch/CronJob/shop/nightly spec.suspend add by kubectl-patch',
      'networking.k8s.io/NetworkPolicy/shop/deny missing',
      'networking.k8s.io/NetworkPolicy/shop/some spec.ingress[0].from[1] add by kubectl-edit',
      'policy/PodDisruptionBudget/shop/web metadata.labels.owner add by kubectl-label',
      'rbac.authorization.k8s.io/Role/shop/reader rules[0].verbs[1] add by kubectl-edit',
      'shop.example/Blob/shop/first spec.anything.deep[2] add by k9s',
      'shop.example/Widget/shop/first spec.colour add by kubectl-edit',
      'shop.example/Widget/shop/first spec.ends[3] add by kubectl-edit',
      'shop.example/Widget/shop/first spec.size update by kubectl-edit',
    ]);
    expect(scan.noise).toEqual([
      'Service/shop/rewritten spec.ports update by kubectl (keyed-list-order)',
      'apps/Deployment/shop/meshed spec.template.metadata.annotations["sidecar.istio.io/status"] add by istio-sidecar-injector (controller-owned)',
      'apps/Deployment/shop/meshed spec.template.spec.containers[0] add by istio-sidecar-injector (controller-owned)',
      'apps/Deployment/shop/meshed spec.template.spec.containers[1].resources.requests.cpu update by vpa-updater (controller-owned)',
      'apps/Deployment/shop/worker spec.replicas update by kube-controller-manager (controller-owned)',
      'policy/PodDisruptionBudget/shop/web metadata.annotations.seen add by some-operator (controller-owned)',
    ]);
    expect(scan.gaps).toEqual([]);
  });

  /** Definitions are served a moment after they are made. */
  async function applied(manifest: Manifest): Promise<void> {
    await vi.waitFor(() => apply(server, manifest), { timeout: 10_000 });
  }

  async function rewrite(kind: string, name: string, change: (spec: Record<string, unknown>) => object): Promise<void> {
    const path = pathOf(the(kind, name));
    const object = (await server.send('GET', path)) as { spec: Record<string, unknown> };
    await server.send('PUT', `${path}?fieldManager=kubectl-edit`, { ...object, spec: change(object.spec) });
  }
});

function the(kind: string, name: string): Manifest {
  const found = shop.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
  return found;
}

async function manifests(objects: readonly Manifest[]): Promise<string> {
  return await makeFolder(Object.fromEntries(objects.map((object, index) => [`${String(index).padStart(2, '0')}.json`, JSON.stringify(object)])));
}
