import { expect, test } from 'vitest';
import { createHasher } from '#agent/diff/recollection.ts';
import { createIgnore } from '#agent/ignore/ignore.ts';
import type { Memory, Remembered } from '#agent/memory/memory.ts';
import { scanStack } from '#agent/pipeline.ts';
import type { Stages } from '#agent/pipeline.ts';
import { createScrubber } from '#agent/scrub/scrubber.ts';
import { Fault } from '#proto/domain/fault.ts';
import { Finding } from '#proto/domain/finding.ts';
import type { JsonObject } from '#proto/domain/json.ts';
import { ReportHead } from '#proto/domain/report.ts';
import type { Sighting } from '#proto/domain/resource.ts';
import { side, sighting } from './diff/sighting.ts';
import { createStages, options, scannerOf, target } from './stages.ts';

const signal = AbortSignal.timeout(20_000);

function drifted(address: string, before: JsonObject, after: JsonObject, type = 'aws_x'): Sighting {
  return sighting({ recorded: side(before), live: side(after) }, { address, type });
}

function scan(scanner: ReturnType<typeof scannerOf>, more: Partial<Stages> = {}) {
  return scanStack(target(), { scanner, options, stages: createStages(more) }, signal);
}

test('a report keeps its schema and tells what was found, in the order of addresses', async () => {
  const sightings = ['c', 'a', 'b'].map((address) => drifted(address, { size: 1 }, { size: 2 }));

  const { findings, ...head } = await scan(scannerOf(sightings));

  expect(ReportHead.parse(head)).toMatchObject({ id: 'lineage-1', kind: 'terraform', against: 'live', scannedAt: '2026-01-02T03:04:05.000Z', lineage: 'lineage-1', serial: 3, error: null });
  expect(head.ledger).toMatchObject({ checked: 3, unsupported: 0, unreadable: 0 });
  expect(findings.map((finding) => Finding.parse(finding).address)).toEqual(['a', 'b', 'c']);
});

test('a secret of one resource is taken out of another one that was seen before it', async () => {
  const secret = 'correct-horse-battery';
  const sightings = [
    drifted('plain', { note: 'x' }, { note: `uses ${secret} inside` }),
    sighting({ recorded: side({ master: secret }, { sensitive: [['master']] }), live: side({ master: secret }, { sensitive: [['master']] }) }, { address: 'holder' }),
  ];

  const report = await scan(scannerOf(sightings));

  expect(JSON.stringify(report)).not.toContain(secret);
  expect(report.findings).toHaveLength(1);
  expect(report.removed.length).toBeGreaterThan(0);
});

test('after its key was rotated a report says so, once, and gives every secret another placeholder', async () => {
  const sightings = [drifted('db', { password: 'first-password' }, { password: 'second-password' })];
  const kept = new Map<string, Remembered>();
  const memory: Memory = { recall: async (id) => kept.get(id) ?? null, remember: async (id, remembered) => void kept.set(id, remembered) };
  const other = new Uint8Array(32).fill(8);
  const rotated = { memory, hasher: createHasher(other), scrubber: () => createScrubber({ key: other }) };

  const first = await scan(scannerOf(sightings), { memory });
  const second = await scan(scannerOf(sightings), rotated);
  const third = await scan(scannerOf(sightings), rotated);

  const mentions = [first, second, third].map(({ removed }) => removed.filter(({ rule }) => rule === 'scrub/key-rotated').length);
  expect(mentions).toEqual([0, 1, 0]);
  expect(second.findings[0]?.properties[0]?.after).not.toBe(first.findings[0]?.properties[0]?.after);
  expect(third.findings[0]?.properties[0]?.after).toBe(second.findings[0]?.properties[0]?.after);
});

test('a secret that changed is seen to have changed', async () => {
  const report = await scan(scannerOf([drifted('db', { password: 'first-password' }, { password: 'second-password' })]));

  const [property] = report.findings[0]?.properties ?? [];
  expect(property?.before).toMatch(/^«secret:/);
  expect(property?.after).toMatch(/^«secret:/);
  expect(property?.before).not.toBe(property?.after);
});

test('a stack that cannot be opened gives a report that says why', async () => {
  const report = await scan({ open: () => Promise.reject(new Fault('state-encrypted', { source: 'prod.tfstate' })) });

  expect(report).toMatchObject({ id: 'prod.tfstate', against: 'nothing', error: { code: 'state-encrypted' }, ledger: { checked: 0, unreadable: 1 }, findings: [] });
});

test('what was read before a stack broke off still counts, and the report says that it broke off', async () => {
  const report = await scan(scannerOf([drifted('a', { size: 1 }, { size: 2 })], { breaks: new Fault('source-truncated') }));

  expect(report).toMatchObject({ error: { code: 'source-truncated' }, ledger: { checked: 1, unreadable: 1 } });
  expect(report.findings).toHaveLength(1);
});

test('an error that nobody foresaw is told as a bug, without its words', async () => {
  const report = await scan(scannerOf([], { breaks: new TypeError('cannot read hunter2-hunter2 of undefined') }));

  expect(report.error?.code).toBe('broken');
  expect(JSON.stringify(report)).not.toContain('hunter2');
});

test('one resource that cannot be compared hides no other', async () => {
  const deep = JSON.parse(`${'['.repeat(3_000)}1${']'.repeat(3_000)}`) as JsonObject[string];
  const sightings = [drifted('deep', { a: deep }, { a: [deep] }), drifted('a', { size: 1 }, { size: 2 })];

  const report = await scan(scannerOf(sightings));

  expect(report).toMatchObject({ error: null, ledger: { checked: 1, unreadable: 1, gaps: [{ address: 'deep', state: 'unreadable' }] } });
  expect(report.findings.map(({ address }) => address)).toEqual(['a']);
});

test('what was only read, and not compared, was not checked', async () => {
  const sightings = [sighting({ recorded: side({}) }, { address: 'state' }), sighting({ code: side({}) }, { address: 'code' })];

  const report = await scan(scannerOf(sightings, { gaps: [{ address: 'x', state: 'throttled', reason: 'asked too often' }] }));

  expect(report.ledger).toMatchObject({ checked: 0, stale: 1, unsupported: 1, throttled: 1 });
});

test('a scanner that says itself why something was not checked is not counted twice', async () => {
  const report = await scan(scannerOf([sighting({ recorded: side({}) }, { address: 'a' })], { gaps: [{ address: 'a', state: 'unsupported', reason: 'its type cannot be read' }] }));

  expect(report.ledger).toMatchObject({ stale: 1, unsupported: 0 });
});

test('an abort ends the scan and is not told as a finding', async () => {
  const controller = new AbortController();
  const scanner = scannerOf([drifted('a', { size: 1 }, { size: 2 })]);
  controller.abort(new Error('stopped'));

  await expect(scanStack(target(), { scanner, options, stages: createStages() }, controller.signal)).rejects.toThrow('stopped');
});

test('the same stack gives the same report, whatever the order of its resources', async () => {
  const sightings = Array.from({ length: 20 }, (_, index) => drifted(`a${index}`, { size: 1, tags: null }, { size: index, tags: {} }));

  const [one, other] = await Promise.all([scan(scannerOf(sightings)), scan(scannerOf(sightings.toReversed()))]);

  expect(one).toEqual(other);
});

test('a stack without an identity of its own goes by its label', async () => {
  expect((await scan(scannerOf([], { id: null }))).id).toBe('prod.tfstate');
});

test('what the report before knew tells a laundered state', async () => {
  const kept = new Map<string, Remembered>();
  const memory: Memory = { recall: async (stack) => kept.get(stack) ?? null, remember: async (stack, remembered) => void kept.set(stack, remembered) };
  const seen = (size: number): Sighting => sighting({ code: side({ size: 1 }), recorded: side({ size }) }, { address: 'a' });

  const first = await scan(scannerOf([seen(1)]), { memory });
  const second = await scan(scannerOf([seen(2)]), { memory });
  await scan(scannerOf([], { breaks: new Fault('source-truncated') }), { memory });
  const third = await scan(scannerOf([seen(2)]), { memory });

  expect(first.findings).toEqual([]);
  expect(second.findings.map(({ cause }) => cause)).toEqual(['laundered']);
  expect(third.findings.map(({ cause }) => cause)).toEqual(['laundered']);
});

test('a memory that cannot be written spoils no report, and is told', async () => {
  const told: unknown[] = [];
  const memory: Memory = { recall: async () => null, remember: () => Promise.reject(new Error('no space left')) };

  const report = await scan(scannerOf([drifted('a', { size: 1 }, { size: 2 })]), { memory, trouble: (_, error) => told.push(error) });

  expect(report).toMatchObject({ error: null, ledger: { checked: 1 } });
  expect(told).toEqual([new Error('no space left')]);
});

test('what the user ignores is told by the name of the rule and not counted', async () => {
  const ignore = createIgnore([{ name: 'sizes', property: 'size', reason: 'autoscaled' }, { name: 'lab', address: 'lab.*', reason: 'a sandbox' }], () => new Date(0));
  const sightings = [
    drifted('a', { size: 1 }, { size: 2 }),
    drifted('b', { size: 1, acl: 'x' }, { size: 2, acl: 'y' }),
    sighting({ recorded: side({}), live: null }, { address: 'lab.c' }),
  ];

  const { findings } = await scan(scannerOf(sightings), { ignore });

  expect(findings.map(({ noise, severityRule, properties }) => [noise, severityRule.split(':')[0], properties.map((one) => one.noise)])).toEqual([
    [true, 'noise', ['sizes']],
    [false, 'name-policy', [null, 'sizes']],
    [true, 'ignored by lab', []],
  ]);
});

test('what a controller wrote is told and not counted, unless it matters whoever did it', async () => {
  const pod = (spec: JsonObject): Sighting['sides'] => ({ code: side({ spec: {} }), live: side({ spec }) });
  const owners = [{ path: ['spec'], who: 'some-operator', when: null, how: null, kind: 'controller' as const }];
  const sightings = [
    sighting(pod({ replicas: 3 }), { address: 'scaled', type: 'kubernetes:apps/v1/Deployment', owners }),
    sighting(pod({ hostNetwork: true }), { address: 'opened', type: 'kubernetes:v1/Pod', owners }),
  ];

  const { findings } = await scan(scannerOf(sightings));

  expect(findings.map(({ address, noise, severity }) => [address, noise, severity])).toEqual([['opened', false, 'critical'], ['scaled', true, 'low']]);
});

test('progress is told while a large stack is read', async () => {
  const told: number[] = [];
  const sightings = Array.from({ length: 2_500 }, (_, index) => drifted(`a${index}`, {}, {}));

  await scan(scannerOf(sightings), { progress: (_, seen) => told.push(seen) });

  expect(told).toEqual([1_000, 2_000]);
});
