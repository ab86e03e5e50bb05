import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scanAll } from '#agent/scan-all.ts';
import { createScanners } from '#agent/scan/registry.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { makeFolder } from '#test/harness/folder.ts';
import { stateOf } from '#test/harness/terraform.ts';
import { createStages, options } from '#test/unit/agent/stages.ts';

async function scan(files: Readonly<Record<string, string>>, what = '.', against?: string): Promise<readonly StackReport[]> {
  const folder = await makeFolder(files);
  const how = against === undefined ? options : { ...options, against: { side: 'file', path: join(folder, against) } as const };
  const reports: StackReport[] = [];
  for await (const event of scanAll([join(folder, what)], { scanners: createScanners({ cloudFormation: { env: {} } }), options: how, stages: createStages() }, AbortSignal.timeout(60_000))) {
    if (event.kind === 'report') reports.push(event.report);
  }
  return reports;
}

const million = 1_000_000;
const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

describe('a list of a million elements', { timeout: 60_000 }, () => {
  test('in a state is compared, and one element that differs is found', async () => {
    const list = Array.from({ length: million }, (_, index) => index);
    const [report] = await scan({ 'now.tfstate': stateOf({ 'aws_x.a': { list: list.with(million / 2, -1) } }), 'then.tfstate': stateOf({ 'aws_x.a': { list } }) }, 'now.tfstate', 'then.tfstate');

    expect(report?.error ?? null).toBeNull();
    expect(report?.findings.map(({ properties }) => properties.map(({ path }) => path))).toEqual([[`list[${million / 2}]`]]);
  });

  test('in a set of which half has changed is told in short, and in time', async () => {
    const ids = (from: number): readonly string[] => Array.from({ length: 200_000 }, (_, index) => `sg-${index + from}`);
    const [report] = await scan({ 'now.tfstate': stateOf({ 'aws_instance.a': { vpc_security_group_ids: ids(100_000) } }), 'then.tfstate': stateOf({ 'aws_instance.a': { vpc_security_group_ids: ids(0) } }) }, 'now.tfstate', 'then.tfstate');

    expect(report?.findings.map(({ properties }) => properties.length)).toEqual([1]);
  });
});

describe('absurd nesting', () => {
  test.each([
    ['x.tfstate', stateOf({ 'aws_x.a': {} }).replace('"attributes":{}', `"attributes":${deep(5_000)}`), 'source-nested'],
    ['k8s.json', `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":${deep(5_000)}}`, null],
    ['k8s.yaml', `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: ${'['.repeat(5_000)}${']'.repeat(5_000)}\n`, null],
    ['stack.json', `{"version":3,"deployment":{"resources":[{"urn":"urn:pulumi:a::b::c:d:E::f","custom":true,"type":"c:d:E","inputs":${deep(5_000)}}]}}`, 'source-nested'],
    ['template.json', `{"AWSTemplateFormatVersion":"2010-09-09","Resources":{"A":{"Type":"AWS::S3::Bucket","Properties":${deep(5_000)}}}}`, null],
    ['template.yaml', `AWSTemplateFormatVersion: "2010-09-09"\nResources: {A: {Type: "AWS::S3::Bucket", Properties: ${'['.repeat(5_000)}${']'.repeat(5_000)}}}\n`, null],
  ])('in %s is refused by name or survived, and hides no neighbour', async (name, text, code) => {
    const reports = await scan({ [`odd/${name}`]: text, 'calm/calm.tfstate': stateOf({ 'aws_x.a': { size: 1 } }) });

    expect(reports).toHaveLength(2);
    expect(reports.map(({ error }) => error?.code ?? null)).not.toContain('broken');
    expect(reports.find(({ source }) => source.endsWith('calm.tfstate'))?.error ?? null).toBeNull();
    expect(reports.map(({ error }) => error?.code ?? null)).toContain(code);
  });
});

describe('keys that JavaScript knows', () => {
  test('are names like any other in states, manifests and exports, and change nothing else', async () => {
    const odd = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":"x"}';
    const changed = odd.replaceAll('1', '2');
    const manifest = (data: string): string => `{"apiVersion":"example/v1","kind":"Odd","metadata":{"name":"a","uid":"u"},"spec":${data}}`;
    const state = (data: string): string => stateOf({ 'aws_x.a': {} }).replace('"attributes":{}', `"attributes":{"id":"i","odd":${data}}`);

    const [ofState] = await scan({ 'now.tfstate': state(changed), 'then.tfstate': state(odd) }, 'now.tfstate', 'then.tfstate');
    const [ofManifest] = await scan({ 'now.json': manifest(changed), 'then.json': manifest(odd) }, 'now.json', 'then.json');

    expect(ofState?.findings.flatMap(({ properties }) => properties.map(({ path }) => path))).toEqual(['odd.__proto__.polluted', 'odd.constructor.prototype.polluted']);
    expect(ofManifest?.findings.flatMap(({ properties }) => properties.map(({ path }) => path))).toEqual(['spec.__proto__.polluted', 'spec.constructor.prototype.polluted']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('a key that stands twice counts as its tool has it: the last', async () => {
    const state = (text: string): string => stateOf({ 'aws_x.a': {} }).replace('"attributes":{}', `"attributes":${text}`);
    const [twice] = await scan({ 'now.tfstate': state('{"size":1,"size":2}'), 'then.tfstate': state('{"size":2}') }, 'now.tfstate', 'then.tfstate');
    const [yaml] = await scan({ 'now.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, uid: u}\ndata: {a: x}\ndata: {a: y}\n', 'then.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: y}\n' }, 'now.yaml', 'then.yaml');

    expect([twice, yaml].map((report) => [report?.error ?? null, report?.findings, report?.ledger.checked])).toEqual([[null, [], 1], [null, [], 1]]);
  });
});

test('one unreadable stack of each kind hides none of the others', async () => {
  const reports = await scan({
    'a/broken.tfstate': '{"version": 4, "resources": [', 'a/old.tfstate': '{"version": 1, "modules": []}',
    'b/x.yaml': 'apiVersion: v1\nkind: Service\nmetadata: [\n', 'c/x.json': '{"version": 99, "deployment": {"resources": []}}',
    'd/t.yaml': 'AWSTemplateFormatVersion: "2010-09-09"\nResources: {A: [\n', 'e/main.tf': 'resource "a" "b" {\n', 'f/good.tfstate': stateOf({ 'aws_x.a': { size: 1 } }),
  });

  expect(reports.filter(({ error }) => error !== null).map(({ error }) => error?.code)).not.toContain('broken');
  expect(reports.filter(({ error }) => error === null).map(({ source }) => source.split('/').at(-1))).toContain('good.tfstate');
  expect(reports.length).toBeGreaterThanOrEqual(7);
});

test('a text that breaks the YAML parser itself is refused by name', async () => {
  const [template] = await scan({ 't.yaml': '# AWSTemplateFormatVersion: x\n!Sub\n- Resources\n' });

  expect(template?.error?.code).toBe('template-unreadable');
});
