import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { makeFolder } from '#test/harness/folder.ts';
import { kubeAssets, type KubeApiServer, startKubeApiServer } from '#test/harness/kube-apiserver.ts';
import { type KubernetesScan, scanKubernetes } from '#test/harness/kubernetes-scan.ts';
import { apply, deployment, type Manifest, patch, pathOf } from '#test/harness/kubernetes-scene.ts';

const { folder: assets, reason } = kubeAssets();

const namespace: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
const settings: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { level: 'info' } };
const web = deployment('web', { replicas: 2 });

describe.skipIf(assets === null)(`what a real API server allows, refuses and rewrites${reason}`, () => {
  let server: KubeApiServer;

  beforeAll(async () => {
    server = await startKubeApiServer(assets ?? '');
    for (const manifest of [namespace, settings, web]) await vi.waitFor(() => apply(server, manifest), { timeout: 10_000 });
  });
  afterAll(() => server?.stop());

  test('a scan writes nothing', async () => {
    await patch(server, settings, 'kubectl-edit', { data: { level: 'debug' } });
    const before = await Promise.all([settings, web].map((manifest) => server.send('GET', pathOf(manifest))));

    const { real } = await scan([settings, web, { ...settings, metadata: { name: 'not-there' } }]);

    expect(real).toEqual(['ConfigMap/shop/not-there missing', 'ConfigMap/shop/settings data.level update by kubectl-edit']);
    expect(await Promise.all([settings, web].map((manifest) => server.send('GET', pathOf(manifest))))).toEqual(before);
    await apply(server, settings);
  });

  test('kinds that the cluster does not serve, and objects without a name, are named and not called missing', async () => {
    const { gaps, checked } = await scan([
      { apiVersion: 'shop.example/v1', kind: 'Gadget', metadata: { name: 'one' } },
      { apiVersion: 'v1', kind: 'Teapot', metadata: { name: 'two' } },
      { apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'run-' } as never },
      settings,
    ]);

    expect(gaps).toEqual([
      { address: 'shop.example/Gadget/one', state: 'unsupported', reason: 'the cluster serves no Gadget of shop.example/v1' },
      { address: 'Teapot/two', state: 'unsupported', reason: 'the cluster serves no Teapot of v1' },
      { address: 'batch/Job/run-*', state: 'unsupported', reason: 'it has a generateName only, so that it is another object each time' },
    ]);
    expect(checked).toEqual(['ConfigMap/shop/settings']);
  });

  test('who may not read is told so object by object; who may read and not try is still told of drift', async () => {
    await allow('limited', [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] }]);
    await patch(server, web, 'kubectl-scale', { spec: { replicas: 7 } });

    const { gaps, real } = await vi.waitFor(async () => {
      const found = await scan([settings, web], server.limited);
      expect(found.checked).toHaveLength(1); // rights take a moment
      return found;
    }, { timeout: 10_000 });

    expect(gaps).toMatchObject([{ address: 'ConfigMap/settings', state: 'unreadable' }]);
    expect(gaps[0]?.reason).toContain('configmaps "settings" is forbidden: User "limited" cannot get resource');
    expect(real).toEqual(['apps/Deployment/shop/web spec.replicas update by kubectl-scale']);
    await apply(server, web);
  });

  test('the role of the documentation is enough, and a role that grants more than the agent has is compared all the same', async () => {
    const [, text = ''] = /```yaml\n([^`]*kind: ClusterRole\n[^`]*)```/.exec(readFileSync(new URL('../../docs/scanning.md', import.meta.url), 'utf8')) ?? [];
    const { rules } = parse(text) as { rules: readonly object[] };
    const reader: Manifest = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'reader' }, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['delete'] }] };
    await apply(server, reader);
    await patch(server, reader, 'kubectl-edit', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['delete', 'list'] }] });
    await allow('limited', rules);

    const { gaps, real } = await vi.waitFor(async () => {
      const found = await scan([settings, web, reader], server.limited);
      expect(found.checked).toHaveLength(3); // rights take a moment
      return found;
    }, { timeout: 10_000 });

    expect([gaps, real]).toEqual([[], ['rbac.authorization.k8s.io/Role/shop/reader rules[0].verbs[1] add by kubectl-edit']]);
  });

  test('a manifest that the API cannot accept is named with the field, never with its value', async () => {
    const { gaps } = await scan([{ ...settings, surprise: 'a value of mine' }]);

    expect(gaps).toMatchObject([{ address: 'ConfigMap/settings', state: 'unreadable' }]);
    expect(gaps[0]?.reason).toContain('surprise');
    expect(gaps[0]?.reason).not.toContain('a value of mine');
  });

  test('what a mutating webhook does to a manifest is told and not counted', async () => {
    await mutateConfigMaps(server, [
      { op: 'add', path: '/metadata/labels', value: { event: 'by-the-webhook' } },
      { op: 'replace', path: '/data/level', value: 'rewritten' },
    ]);

    const { real, noise } = await vi.waitFor(async () => {
      const found = await scan([settings]);
      expect(found.noise).toHaveLength(1); // webhooks are asked a moment after they are made
      return found;
    }, { timeout: 10_000 });

    expect(real).toEqual([]);
    expect(noise).toEqual(['ConfigMap/shop/settings data.level update by admission (controller-owned)']);

    const hooked: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'hooked' }, data: { level: 'info' } };
    await apply(server, hooked); // through the webhook, which is then the one to have written
    expect(await scan([hooked])).toMatchObject({ real: [], noise: [] });
  });

  async function scan(manifests: readonly Manifest[], kubeconfig = server.kubeconfig): Promise<KubernetesScan> {
    const folder = await makeFolder(Object.fromEntries(manifests.map((object, index) => [`${index}.json`, JSON.stringify(object)])));
    return await scanKubernetes(folder, { against: { side: 'live' }, env: { KUBECONFIG: kubeconfig } });
  }

  async function allow(user: string, rules: readonly object[]): Promise<void> {
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: user }, rules };
    const binding = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: user }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: user }, subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: user }] };
    await apply(server, role);
    await apply(server, binding);
  }
});

/** A real webhook on loopback that makes these changes (RFC 6902) to every ConfigMap of the namespace `shop`. */
async function mutateConfigMaps(server: KubeApiServer, changes: readonly object[]): Promise<void> {
  const { key, cert } = await server.certificate();
  const hook = createServer({ key, cert }, (request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk)).on('end', () => {
      const { request: { uid } } = JSON.parse(text) as { request: { uid: string } };
      const answer = { uid, allowed: true, patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(changes)).toString('base64') };
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: answer }));
    });
  }).listen(0, '127.0.0.1');
  await once(hook, 'listening');
  onTestFinished(() => {
    hook.closeAllConnections();
    hook.close();
  });
  const address = hook.address();
  const port = typeof address === 'object' ? address?.port : 0;
  await server.send('POST', '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations', {
    apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingWebhookConfiguration', metadata: { name: 'events' },
    webhooks: [{
      name: 'events.shop.example', admissionReviewVersions: ['v1'], sideEffects: 'None',
      clientConfig: { url: `https://127.0.0.1:${port}/`, caBundle: cert.toString('base64') },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
      rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'] }],
    }],
  });
}
