import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPulumiScanner } from '#agent/scan/pulumi/pulumi-scanner.ts';
import type { ScanOptions } from '#agent/scan/scanner.ts';

const scanner = createPulumiScanner();
const { signal } = new AbortController();
const bucket = { urn: 'urn:pulumi:prod::shop::aws:s3/bucket:Bucket::logs', type: 'aws:s3/bucket:Bucket', custom: true, id: 'logs' };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dd0c-pulumi-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('exports, events and projects are found, and other JSON is left alone', async () => {
  write('export.json', JSON.stringify({ version: 3, deployment: { resources: [bucket] } }));
  write('empty.json', JSON.stringify({ version: 3, deployment: {} }));
  write('events.json', `${JSON.stringify({ sequence: 1, timestamp: 1, preludeEvent: {} })}\n`);
  write('app/Pulumi.yaml', 'name: shop\nruntime: yaml\n');
  write('package.json', '{"name":"x","version":"1.0.0"}');

  const targets = await scanner.find(folder, signal);

  expect(targets.map(({ form, label }) => [label, form])).toEqual([
    ['empty.json', 'pulumi-deployment'],
    ['events.json', 'pulumi-events'],
    ['export.json', 'pulumi-deployment'],
    ['app', 'pulumi-project'],
  ]);
});

test('a project is read through its local backend', async () => {
  write('Pulumi.yaml', 'name: shop\nruntime: yaml\nbackend: {url: "file://./state"}\n');
  write('state/.pulumi/stacks/shop/prod.json', JSON.stringify({ version: 3, checkpoint: { latest: { resources: [bucket] } } }));

  const stack = await openProject();

  expect(stack.id).toBe('pulumi:shop/prod');
});

test('a backend that lies in a folder gives its stacks, packed ones too, and nothing of what they were before', async () => {
  const checkpoint = JSON.stringify({ version: 3, checkpoint: { latest: { resources: [bucket] } } });
  for (const path of ['stacks/shop/dev.json', 'stacks/shop/dev.json.bak', 'backups/shop/dev/dev.1.json', 'history/shop/dev/dev-1.checkpoint.json']) write(`.pulumi/${path}`, checkpoint);
  mkdirSync(join(folder, '.pulumi/stacks/old'), { recursive: true });
  writeFileSync(join(folder, '.pulumi/stacks/old/prod.json.gz'), gzipSync(checkpoint));

  const [above, inside] = [await scanner.find(folder, signal), await scanner.find(join(folder, '.pulumi'), signal)];
  const ids = await Promise.all(above.map(async (target) => (await scanner.open(target, { against: { side: 'best' }, timeoutMs: 1_000, env: {} }, signal)).id));

  expect(above.map(({ label }) => label)).toEqual(['.pulumi/stacks/old/prod.json.gz', '.pulumi/stacks/shop/dev.json']);
  expect(inside.map(({ label }) => label)).toEqual(['stacks/old/prod.json.gz', 'stacks/shop/dev.json']);
  expect(ids).toEqual(['pulumi:shop/prod', 'pulumi:shop/prod']);
});

test('a project whose state is elsewhere says how to give it', async () => {
  write('Pulumi.yaml', 'name: shop\nruntime: yaml\n');

  await expect(openProject()).rejects.toMatchObject({ code: 'pulumi-state-missing' });
});

test('of several stacks one must be named, or selected on this host', async () => {
  write('Pulumi.yaml', 'name: shop\nruntime: yaml\nbackend: {url: "file://./state"}\n');
  for (const stack of ['dev', 'prod']) write(`state/.pulumi/stacks/shop/${stack}.json`, JSON.stringify({ version: 3, checkpoint: { latest: { resources: [bucket] } } }));

  await expect(openProject()).rejects.toMatchObject({ code: 'pulumi-stack-unclear', facts: { stacks: 'dev, prod' } });
  await expect(openProject({ PULUMI_STACK: 'prod' })).resolves.toMatchObject({ id: 'pulumi:shop/prod' });
  const selection = createHash('sha1').update(join(folder, 'Pulumi.yaml')).digest('hex');
  write(`home/workspaces/shop-${selection}-workspace.json`, JSON.stringify({ stacks: { 'file://./state': 'organization/shop/prod' } }));
  await expect(openProject({ PULUMI_HOME: join(folder, 'home') })).resolves.toMatchObject({ id: 'pulumi:shop/prod' });
});

function openProject(env: ScanOptions['env'] = {}) {
  const target = { kind: 'pulumi', form: 'pulumi-project', path: folder, label: 'app' } as const;
  return scanner.open(target, { against: { side: 'best' }, timeoutMs: 1_000, env }, signal);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
