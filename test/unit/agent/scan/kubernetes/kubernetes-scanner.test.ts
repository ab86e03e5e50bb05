import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createKubernetesScanner } from '#agent/scan/kubernetes/kubernetes-scanner.ts';
import type { Against } from '#agent/scan/scanner.ts';
import type { Sighting } from '#proto/domain/resource.ts';

const scanner = createKubernetesScanner();
const { signal } = new AbortController();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dd0c-kubernetes-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('a folder with manifests is one stack; the templates of charts and other YAML are left alone', async () => {
  write('k8s/a.yaml', 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n');
  write('k8s/b.json', '{"apiVersion":"v1","kind":"Service","metadata":{"name":"b"}}');
  write('chart/Chart.yaml', 'apiVersion: v2\nname: c\nversion: 1.0.0\n');
  write('chart/templates/x.yaml', 'apiVersion: v1\nkind: Service\nmetadata: {name: "{{ .Values.x }}"}\n');
  write('ci.yaml', 'name: build\non: push\n');

  const targets = await scanner.find(folder, signal);

  expect(targets.map(({ label, form }) => [label, form])).toEqual([['k8s', 'kubernetes-folder']]);
});

test.each([
  ['a checkpoint of Pulumi', 'state.json', '{"version":3,"deployment":{"resources":[{"inputs":{"apiVersion":"v1","kind":"Secret"}}]}}'],
  ['a plan with a manifest in it', 'plan.json', '{"format_version":"1.2","planned_values":{"manifest":{"apiVersion":"v1","kind":"Secret"}}}'],
  ['YAML that holds a manifest', 'values.yaml', 'extra:\n  - apiVersion: v1\n    kind: Secret\n'],
  ['a text that quotes one', 'a.json', '{"text":"{\\"apiVersion\\":\\"v1\\",\\"kind\\":\\"Secret\\"}"}'],
])('%s is no manifest', async (_, name, text) => {
  write(name, text);

  expect(await scanner.find(join(folder, name), new AbortController().signal)).toEqual([]);
});

test.each([
  ['an object', '{"kind":"Pod","metadata":{"name":"a"},"apiVersion":"v1"}'],
  ['a list', '{"items":[{"apiVersion":"v1","kind":"Pod"}],"kind":"List"}'],
  ['a bare list', '[{"apiVersion":"v1","kind":"Pod"}]'],
  ['YAML written as JSON', '{apiVersion: v1, kind: Pod, metadata: {name: a}}'],
  ['several documents', '# one\n---\nkind: Pod\napiVersion: v1\n'],
  ['a list in YAML', '- apiVersion: v1\n  kind: Pod\n'],
])('%s is one', async (_, text) => {
  write('a.yaml', text);

  expect(await scanner.find(join(folder, 'a.yaml'), new AbortController().signal)).toHaveLength(1);
});

test('a dump is compared with the manifests that are given as its baseline', async () => {
  write('dump.yaml', object('web', { uid: '1' }, { replicas: 5 }));
  write('manifest.yaml', object('web', {}, { replicas: 2 }) + object('gone', {}, {}));

  const { sightings, against } = await open('dump.yaml', { side: 'file', path: join(folder, 'manifest.yaml') });

  expect(against).toBe(join(folder, 'manifest.yaml'));
  expect(sightings.map(({ address, sides }) => [address, sides.code?.values['spec'], sides.live === null ? 'gone' : sides.live?.values['spec']])).toEqual([
    ['apps/Deployment/shop/web', { replicas: 2 }, { replicas: 5 }],
    ['apps/Deployment/shop/gone', {}, 'gone'],
  ]);
});

test('a manifest that is another object each time is not missing from a dump', async () => {
  write('dump.yaml', object('web', { uid: '1' }, {}));
  write('manifest.yaml', object('web', {}, {}) + `---\n{"apiVersion":"batch/v1","kind":"Job","metadata":{"generateName":"run-","namespace":"shop"},"spec":{}}\n`);

  const { sightings, gaps } = await open('dump.yaml', { side: 'file', path: join(folder, 'manifest.yaml') });

  expect(sightings.map(({ address }) => address)).toEqual(['apps/Deployment/shop/web']);
  expect(gaps).toEqual([{ address: 'batch/Job/shop/run-*', state: 'unsupported', reason: 'it has a generateName only, so that it is another object each time' }]);
});

test('manifests beside a dump are compared with it, and objects that only the cluster has are not drift', async () => {
  write('all/dump.yaml', object('web', { uid: '1' }, { replicas: 5 }) + object('other', { uid: '2' }, {}));
  write('all/web.yaml', object('web', {}, { replicas: 2 }));

  const { sightings, against } = await open('all', { side: 'best' });

  expect(against).toBe('code');
  expect(sightings.map(({ address }) => address)).toEqual(['apps/Deployment/shop/web']);
});

test('manifests alone are not missing from a cluster that was not looked at', async () => {
  write('web.yaml', object('web', {}, {}));

  const { sightings, gaps } = await open('web.yaml', { side: 'best' });

  expect(sightings).toEqual([]);
  expect(gaps).toMatchObject([{ address: 'apps/Deployment/shop/web', state: 'unsupported' }]);
});

test('a dump alone is compared with what was applied last, and says of what it cannot', async () => {
  const applied = JSON.stringify({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: { replicas: 2 } });
  write('dump.yaml', object('web', { uid: '1', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': applied } }, { replicas: 3 }) + object('other', { uid: '2' }, {}));

  const { sightings, gaps } = await open('dump.yaml', { side: 'best' });

  expect(sightings.map(({ sides }) => [sides.code?.values, sides.live?.values])).toEqual([[{ spec: { replicas: 2 } }, { spec: { replicas: 3 } }]]);
  expect(gaps).toMatchObject([{ address: 'apps/Deployment/shop/other', state: 'unsupported' }]);
});

test('in a folder a file that cannot be read hides no other', async () => {
  write('all/broken.yaml', 'apiVersion: v1\nkind: Service\nmetadata: [\n');
  write('all/web.yaml', object('web', {}, {}) + object('web2', { uid: '1' }, {}));

  const { gaps } = await open('all', { side: 'best' });

  expect(gaps).toContainEqual(expect.objectContaining({ address: join(folder, 'all/broken.yaml'), state: 'unreadable' }));
});

async function open(path: string, against: Against) {
  const target = { kind: 'kubernetes', form: 'kubernetes-objects', path: join(folder, path), label: path } as const;
  const stack = await scanner.open(target, { against, timeoutMs: 1_000, env: {} }, signal);
  return { against: stack.against, sightings: [...(stack.sightings() as Iterable<Sighting>)], gaps: stack.gaps() };
}

function object(name: string, metadata: object, spec: object): string {
  return `---\n${JSON.stringify({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'shop', ...metadata }, spec })}\n`;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
