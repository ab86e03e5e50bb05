import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createKubernetesScanner } from '#agent/scan/kubernetes/kubernetes-scanner.ts';
import type { Gap } from '#proto/domain/resource.ts';
import { kubeAssets, type KubeApiServer, startKubeApiServer } from '#test/harness/kube-apiserver.ts';
import { compareAll } from '#test/harness/kubernetes-scan.ts';
import { apply, deployment, type Manifest, patch } from '#test/harness/kubernetes-scene.ts';

const { folder: assets, reason } = kubeAssets();

const settings: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { level: 'info' } };
const reader: Manifest = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'shop-reader' }, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] };
const web = deployment('web', { replicas: 2 });

describe.skipIf(assets === null)(`the releases of Helm in a real API server${reason}`, () => {
  let server: KubeApiServer;

  beforeAll(async () => {
    server = await startKubeApiServer(assets ?? '');
    const namespaces = ['shop', 'other'].map((name): Manifest => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
    for (const manifest of namespaces) await vi.waitFor(() => apply(server, manifest), { timeout: 10_000 });
    for (const manifest of [settings, web, reader]) await vi.waitFor(() => apply(server, manifest, 'helm'), { timeout: 10_000 });
    await keep(revision('shop', 1, 'superseded', [deployment('old')]), revision('shop', 2, 'deployed', [unplaced(web), settings, reader]));
    await keep(revision('cache', 1, 'deployed', [settings]), revision('cache', 2, 'failed', [deployment('never')]), revision('gone', 1, 'uninstalled', [settings]));
    await keep(revision('far', 1, 'deployed', [settings], 'other'), revision('half', 1, 'pending-install', [settings], 'other'));
  });
  afterAll(() => server?.stop());

  test('are found by namespace and name, what was uninstalled left out', async () => {
    expect(await found('helm://')).toEqual(['helm://other/far', 'helm://other/half', 'helm://shop/cache', 'helm://shop/shop']);
    expect(await found('helm://shop')).toEqual(['helm://shop/cache', 'helm://shop/shop']);
    expect(await found('helm://*/s*')).toEqual(['helm://shop/shop']);
    expect(await found('helm://nowhere/')).toEqual([]);
  });

  test('what was deployed last is what should be: nothing differs until somebody changes something', async () => {
    expect(await scan('helm://shop/shop')).toEqual({ real: [], gaps: [], checked: ['apps/Deployment/shop/web', 'ConfigMap/shop/settings', 'rbac.authorization.k8s.io/ClusterRole/shop-reader'] });

    await patch(server, settings, 'kubectl-edit', { data: { level: 'debug' } });

    expect(await scan('helm://shop/shop')).toMatchObject({ real: ['ConfigMap/shop/settings data.level update by kubectl-edit'] });
    await apply(server, settings, 'helm');
  });

  test('a revision that did not get through is told, and what was deployed before it is compared', async () => {
    expect(await scan('helm://shop/cache')).toMatchObject({
      checked: ['ConfigMap/shop/settings'],
      gaps: [{ address: 'helm release shop/cache', state: 'stale', reason: 'revision 2 is failed; compared with revision 1, the last that was deployed' }],
    });
  });

  test.for([['helm://other/half', 'pending-install'], ['helm://shop/unheard', undefined]] as const)('a release that was never deployed is refused by name: %s', async ([path, status]) => {
    await expect(scan(path)).rejects.toMatchObject({ code: 'release-not-deployed', facts: status === undefined ? { release: path } : { release: path, status } });
  });

  test('the role of the documentation is enough for one namespace, and opens no other', async () => {
    const role = /```yaml\n([^`]*kind: Role\n[^`]*)```/.exec(readFileSync(new URL('../../docs/scanning.md', import.meta.url), 'utf8'))?.[1] ?? '';
    const { rules } = parse(role) as { rules: readonly object[] };
    await expect(found('helm://shop', server.limited)).rejects.toMatchObject({ code: 'releases-unlisted', facts: { namespace: 'shop' } });
    await allow(rules);

    await vi.waitFor(async () => expect(await found('helm://shop', server.limited)).toHaveLength(2), { timeout: 10_000 }); // rights take a moment
    const { gaps } = await scan('helm://shop/shop', server.limited);

    expect(gaps.every((gap) => gap.reason.includes('forbidden'))).toBe(true); // the objects themselves were not allowed here
    await expect(found('helm://', server.limited)).rejects.toMatchObject({ code: 'releases-unlisted' });
    await expect(scan('helm://other/far', server.limited)).rejects.toMatchObject({ code: 'releases-unlisted' });
  });

  async function found(path: string, kubeconfig = server.kubeconfig): Promise<readonly string[]> {
    const targets = await createKubernetesScanner(undefined, { KUBECONFIG: kubeconfig }).find(path, AbortSignal.timeout(20_000));
    return targets.map(({ label }) => label);
  }

  async function scan(path: string, kubeconfig = server.kubeconfig): Promise<{ real: readonly string[]; gaps: readonly Gap[]; checked: readonly string[] }> {
    const target = { kind: 'kubernetes', form: 'helm-release', path, label: path } as const;
    const stack = await createKubernetesScanner().open(target, { against: { side: 'best' }, env: { KUBECONFIG: kubeconfig }, timeoutMs: 20_000 }, AbortSignal.timeout(20_000));
    const { real, checked } = compareAll(await Array.fromAsync(stack.sightings()));
    return { real, gaps: stack.gaps(), checked };
  }

  async function keep(...secrets: readonly Manifest[]): Promise<void> {
    for (const secret of secrets) await server.send('POST', `/api/v1/namespaces/${secret.metadata.namespace}/secrets`, secret);
  }

  async function allow(rules: readonly object[]): Promise<void> {
    await apply(server, { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'releases', namespace: 'shop' }, rules });
    await apply(server, { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'releases', namespace: 'shop' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'releases' }, subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'limited' }] });
  }
});

/** As charts are written: the namespace is the release's. */
function unplaced({ metadata: { namespace: _namespace, ...metadata }, ...object }: Manifest): Manifest {
  return { ...object, metadata };
}

/** The Secret in which Helm keeps one revision, with the labels that it puts there. */
function revision(name: string, version: number, status: string, objects: readonly Manifest[], namespace = 'shop'): Manifest {
  const manifest = objects.map((object) => `---\n# Source: ${name}/templates/all.yaml\n${JSON.stringify(object)}\n`).join('');
  const packed = gzipSync(JSON.stringify({ name, namespace, version, info: { status }, manifest })).toString('base64');
  const labels = { name, owner: 'helm', status, version: String(version) };
  return { apiVersion: 'v1', kind: 'Secret', type: 'helm.sh/release.v1', metadata: { name: `sh.helm.release.v1.${name}.v${version}`, namespace, labels }, data: { release: Buffer.from(packed).toString('base64') } };
}
