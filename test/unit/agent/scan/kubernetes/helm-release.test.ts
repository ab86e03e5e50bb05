import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { makeFolder } from '#test/harness/folder.ts';
import { scanKubernetes } from '#test/harness/kubernetes-scan.ts';

const rendered = `---
# Source: shop/templates/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: 2}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
`;

test('the newest release that is deployed is what should be; what no release and nobody else applied is named', async () => {
  const old = release(1, rendered.replace('replicas: 2', 'replicas: 1'), { info: { status: 'superseded' } });
  const failed = release(3, 'apiVersion: v1\nkind: Service\nmetadata: {name: never}\n', { info: { status: 'failed' } });

  const scan = await scanDump([old, release(2, rendered), failed, deployment(5), clusterRole(['get', 'delete']), { ...deployment(1), metadata: { name: 'web', namespace: 'other', uid: '9' } }]);

  expect(scan.against).toBe('helm release');
  expect(scan.gaps).toMatchObject([{ address: 'apps/Deployment/other/web', state: 'unsupported' }]);
  expect(scan.real).toEqual([
    'apps/Deployment/shop/web spec.replicas update by nobody',
    'rbac.authorization.k8s.io/ClusterRole/reader rules[0].verbs[1] add by nobody',
  ]);
});

test('what a release installed and the cluster has no more is missing', async () => {
  const { real } = await scanDump([release(1, rendered), clusterRole(['get'])]);

  expect(real).toEqual(['apps/Deployment/shop/web missing']);
});

test.for([
  ['no base64 of anything', 'AAAA'],
  ['no release', Buffer.from(gzipSync('{"name":"shop"}').toString('base64')).toString('base64')],
  ['too large to be one', Buffer.from(gzipSync(Buffer.alloc(70 * 1024 * 1024)).toString('base64')).toString('base64')],
])('a release that is %s is named and hides nothing', async ([, data]) => {
  const { gaps, checked } = await scanDump([{ ...release(7, rendered), data: { release: data } }, release(1, rendered), deployment(2), clusterRole(['get'])]);

  expect(gaps).toEqual([{ address: 'Secret/shop/sh.helm.release.v1.shop.v7', state: 'unreadable', reason: 'it is not a release of Helm 3' }]);
  expect(checked).toHaveLength(2);
});

function release(version: number, manifest: string, more: object = {}): object {
  const content = { name: 'shop', namespace: 'shop', version, info: { status: 'deployed' }, manifest, ...more };
  const packed = gzipSync(JSON.stringify(content)).toString('base64');
  const metadata = { name: `sh.helm.release.v1.shop.v${version}`, namespace: 'shop', uid: `r${version}` };
  return { apiVersion: 'v1', kind: 'Secret', type: 'helm.sh/release.v1', metadata, data: { release: Buffer.from(packed).toString('base64') } };
}

function deployment(replicas: number): object {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop', uid: '1' }, spec: { replicas, paused: false } };
}

function clusterRole(verbs: readonly string[]): object {
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'reader', uid: '2' }, rules: [{ apiGroups: [''], resources: ['pods'], verbs }] };
}

async function scanDump(items: readonly object[]) {
  const folder = await makeFolder({ 'dump.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) });
  return await scanKubernetes(join(folder, 'dump.json'), { against: { side: 'best' } });
}
