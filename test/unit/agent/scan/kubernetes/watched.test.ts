import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createKubernetesScanner } from '#agent/scan/kubernetes/kubernetes-scanner.ts';
import { KubernetesSettings } from '#agent/scan/kubernetes/settings.ts';
import { createDiff } from '#agent/diff/diff.ts';
import { createHasher } from '#agent/diff/recollection.ts';
import { createChain } from '#agent/normalise/chain.ts';
import { rules } from '#agent/normalise/rules.ts';
import { makeFolder } from '#test/harness/folder.ts';

const object = (kind: string, name: string, more: object = {}, body: object = {}): object => ({ apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1', kind, metadata: { name, namespace: 'shop', ...more }, ...body });
const live = { uid: 'u', labels: { team: 'shop' } };

const cluster = [
  object('ConfigMap', 'known', live),
  object('ConfigMap', 'by-hand', live),
  object('ConfigMap', 'of-others', { uid: 'u', labels: { team: 'other' } }),
  object('ConfigMap', 'elsewhere', { ...live, namespace: 'other' }),
  object('Secret', 'by-hand', live, { data: { password: 'aHVudGVyMg==' } }),
  object('Deployment', 'web', live),
  object('ConfigMap', 'kube-root-ca.crt', live),
  object('ConfigMap', 'child', { ...live, ownerReferences: [{ kind: 'Deployment', name: 'web' }] }),
  object('Secret', 'sh.helm.release.v1.web.v1', live, { type: 'helm.sh/release.v1', data: { release: 'x' } }),
  object('ServiceAccount', 'default', live),
];

async function unmanaged(kubernetes: unknown): Promise<readonly string[]> {
  const folder = await makeFolder({ 'manifest.json': JSON.stringify(object('ConfigMap', 'known')), 'dump.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: cluster }) });
  const scanner = createKubernetesScanner(KubernetesSettings.parse(kubernetes));
  const stack = await scanner.open({ kind: 'kubernetes', form: 'kubernetes-objects', path: join(folder, 'dump.json'), label: 'dump' }, { against: { side: 'file', path: join(folder, 'manifest.json') }, timeoutMs: 1_000, env: {} }, AbortSignal.timeout(10_000));
  const compare = createDiff({ stackId: 'k8s', normaliser: createChain(rules), hasher: createHasher(new Uint8Array(32)), recall: () => null });
  const findings = (await Array.fromAsync(stack.sightings())).map((sighting) => compare(sighting).comparison?.finding);
  return findings.flatMap((finding) => (finding?.change === 'unmanaged' ? [finding.address] : []));
}

describe('objects that no manifest names', () => {
  test('are not looked for unless somebody asks', async () => {
    expect(await unmanaged({})).toEqual([]);
  });

  test('by labels, in the namespaces and of the kinds of the manifests', async () => {
    expect(await unmanaged({ unmanaged: [{ labels: 'team=shop' }] })).toEqual(['ConfigMap/shop/by-hand']);
  });

  test('of kinds that are named, in namespaces that are named; never what every cluster or another object makes', async () => {
    expect(await unmanaged({ unmanaged: [{ namespaces: ['shop'], kinds: ['ConfigMap', 'v1/Secret', 'apps/v1/Deployment', 'ServiceAccount'] }] })).toEqual(
      ['ConfigMap/shop/by-hand', 'ConfigMap/shop/of-others', 'Secret/shop/by-hand', 'apps/Deployment/shop/web']);
  });

  test('in namespaces by glob', async () => {
    expect(await unmanaged({ unmanaged: [{ namespaces: ['o*'] }] })).toEqual(['ConfigMap/other/elsewhere']);
  });

  test.each([
    [{ unmanaged: [{}] }, /name namespaces, labels or both/],
    [{ unmanaged: [{ kinds: ['ConfigMap'] }] }, /name namespaces, labels or both/],
    [{ unmanaged: [{ labels: 'a b' }] }, /label selector/],
    [{ unmanaged: [{ namespaces: ['a'], kinds: ['a/b/c/D'] }] }, /group\/version\/Kind/],
  ])('a selector that says too little or cannot be read is refused: %j', (settings, reason) => {
    expect(KubernetesSettings.safeParse(settings).error?.issues[0]?.message).toMatch(reason);
  });
});
