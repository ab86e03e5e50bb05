import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Finding } from '#proto/domain/finding.ts';
import { createKubernetesScanner } from '#agent/scan/kubernetes/kubernetes-scanner.ts';
import { KubernetesSettings } from '#agent/scan/kubernetes/settings.ts';
import { scanStack } from '#agent/pipeline.ts';
import { makeFolder } from '#test/harness/folder.ts';
import { kubeAssets, type KubeApiServer, startKubeApiServer } from '#test/harness/kube-apiserver.ts';
import { type KubernetesScan, type KubernetesScanOptions, scanKubernetes } from '#test/harness/kubernetes-scan.ts';
import { apply, deployment, type Manifest, patch, pathOf, terse } from '#test/harness/kubernetes-scene.ts';
import { createStages } from '#test/unit/agent/stages.ts';

const { folder: assets, reason } = kubeAssets();

const namespace: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
const silent = deployment('silent');
const spoken = deployment('spoken', { replicas: 2 });
const meshed = deployment('meshed');
const settings: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop', labels: { team: 'shop' } }, data: { level: 'info' } };

describe.skipIf(assets === null)(`who owns what in a real API server${reason}`, () => {
  let server: KubeApiServer;

  beforeAll(async () => {
    server = await startKubeApiServer(assets ?? '');
    for (const manifest of [namespace, silent, spoken, meshed, settings]) await vi.waitFor(() => apply(server, manifest), { timeout: 10_000 });
  });
  afterAll(() => server?.stop());

  test('a scaled value that the manifest names is drift by whoever scaled; one that nobody owned is a default', async () => {
    for (const manifest of [silent, spoken]) await patch(server, manifest, 'kubectl', { spec: { replicas: 5 } }, '/scale');

    const { real, noise } = await scan([silent, spoken]);

    expect(real).toEqual(['apps/Deployment/shop/spoken spec.replicas update by kubectl']);
    expect(noise).toEqual([]);
  });

  test('what a controller adds where the manifest is silent is told; what endangers the node counts whoever added it', async () => {
    const container = (name: string, more: object): object => ({ spec: { template: { spec: { containers: [{ name, image: 'mesh:1', ...more }] } } } });
    await patch(server, meshed, 'mesh-injector', container('proxy', { resources: { limits: { cpu: '1' } } }));
    await patch(server, meshed, 'node-agent-operator', container('agent', { securityContext: { privileged: true } }));

    const findings = await findingsOf([meshed]);

    expect(findings).toMatchObject([{ address: 'apps/Deployment/shop/meshed', noise: false, severity: 'critical' }]);
    const told = findings.flatMap(({ properties }) => properties).map(({ noise, attribution }) => `${attribution?.who ?? 'nobody'}: ${noise ?? 'counts'}`).toSorted();
    expect(told).toEqual(['mesh-injector: controller-owned', 'node-agent-operator: counts']);
  });

  test('a manager counts as what dd0c.yaml says that it is', async () => {
    await patch(server, settings, 'ops-console', { data: { level: 'debug' } });

    const asPerson = await scan([settings]);
    const asController = await scan([settings], { settings: { managers: { controllers: ['ops-*'] } } });

    expect([asPerson.real, asPerson.noise]).toEqual([['ConfigMap/shop/settings data.level update by ops-console'], []]);
    expect([asController.real, asController.noise]).toEqual([[], ['ConfigMap/shop/settings data.level update by ops-console (controller-owned)']]);
    await apply(server, settings);
  });

  test('a manifest that was applied by hand beside the one that is kept leaves what it added', async () => {
    const applied = { ...settings, data: { level: 'info', extra: 'by hand' } };
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(applied) };
    await patch(server, settings, 'kubectl-client-side-apply', { metadata: { annotations }, data: { extra: 'by hand' } });

    const { real } = await scan([settings]);

    expect(real).toEqual(['ConfigMap/shop/settings data.extra add by kubectl-client-side-apply']);
    await patch(server, settings, 'kubectl-edit', { metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': null } }, data: { extra: null } });
  });

  test('objects that no manifest names are told where dd0c.yaml asks for them, and nowhere else', async () => {
    for (const name of ['by-hand', 'other']) await apply(server, { ...settings, metadata: { name, namespace: 'shop', labels: { team: name === 'other' ? 'other' : 'shop' } } });
    await apply(server, { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'backdoor', labels: { team: 'shop' } }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'eve' }] });

    const asked = await scan([settings], { settings: { unmanaged: [{ labels: 'team=shop', kinds: ['ConfigMap', 'ClusterRoleBinding', 'shop.example/Gadget'] }] } });
    const all = await scan([settings], { settings: { unmanaged: [{ namespaces: ['sh*'] }] } });

    expect((await scan([settings])).real).toEqual([]);
    expect(asked.real).toEqual(['ConfigMap/shop/by-hand unmanaged', 'rbac.authorization.k8s.io/ClusterRoleBinding/backdoor unmanaged']);
    expect(asked.gaps).toEqual([{ address: 'shop.example/v1/Gadget (unmanaged)', state: 'unsupported', reason: 'the cluster serves no such kind' }]);
    expect(all.real).toEqual(['ConfigMap/shop/by-hand unmanaged', 'ConfigMap/shop/other unmanaged']);
  });

  test('who may not list is told so', async () => {
    const { gaps } = await scan([settings], { settings: { unmanaged: [{ labels: 'team=shop' }] }, env: { KUBECONFIG: server.limited } });

    expect(gaps.map(({ address, state }) => [address, state])).toContainEqual(['v1/ConfigMap in shop (unmanaged)', 'unreadable']);
  });

  test('terse manifests of many kinds are in sync with what the API made of them, by dry run and by a dump alone', async () => {
    for (const manifest of terse) await vi.waitFor(() => apply(server, manifest), { timeout: 10_000 });
    const dump = await Promise.all(terse.map((manifest) => server.send('GET', pathOf(manifest)))) as readonly Manifest[];

    const live = await scan(terse);
    const dumped = await scanKubernetes(await folderOf(dump), { against: { side: 'file', path: await folderOf(terse) } });

    expect([live.real, live.gaps, live.checked.length]).toEqual([[], [], terse.length]);
    expect([dumped.real, dumped.gaps, dumped.checked.length]).toEqual([[], [], terse.length]);
  });

  async function folderOf(manifests: readonly Manifest[]): Promise<string> {
    return await makeFolder(Object.fromEntries(manifests.map((object, index) => [`${index}.json`, JSON.stringify(object)])));
  }

  async function scan(manifests: readonly Manifest[], more: Partial<KubernetesScanOptions> = {}): Promise<KubernetesScan> {
    return await scanKubernetes(await folderOf(manifests), { against: { side: 'live' }, env: { KUBECONFIG: server.kubeconfig }, ...more });
  }

  /** The whole way to the report, with severities. */
  async function findingsOf(manifests: readonly Manifest[]): Promise<readonly Finding[]> {
    const target = { kind: 'kubernetes', form: 'kubernetes-folder', path: await folderOf(manifests), label: 'k8s' } as const;
    const options = { against: { side: 'live' }, timeoutMs: 30_000, env: { KUBECONFIG: server.kubeconfig } } as const;
    const report = await scanStack(target, { scanner: createKubernetesScanner(KubernetesSettings.parse({})), options, stages: createStages() }, new AbortController().signal);
    return report.findings;
  }
});
