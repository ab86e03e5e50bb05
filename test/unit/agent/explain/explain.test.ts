import { describe, expect, test } from 'vitest';
import type { Explanation, Voice } from '#agent/explain/explanation.ts';
import { createIgnore } from '#agent/ignore/ignore.ts';
import type { IgnoreRule } from '#agent/ignore/ignore-rule.ts';
import { type Stages, scanStack } from '#agent/pipeline.ts';
import type { Gap, Owner, Sighting } from '#proto/domain/resource.ts';
import { side, sighting } from '../diff/sighting.ts';
import { createStages, options, scannerOf, target } from '../stages.ts';

const now = (): Date => new Date('2026-01-02T03:04:05Z');

async function explain(sightings: readonly Sighting[], asked: string, { ignore = [], gaps = [] }: { ignore?: readonly IgnoreRule[]; gaps?: readonly Gap[] } = {}): Promise<readonly Explanation[]> {
  const told: Explanation[] = [];
  const more: Partial<Stages> = { ignore: createIgnore(ignore, now), listener: { concerns: (address) => address === asked, tell: (one) => void told.push(one) } };
  await scanStack(target(), { scanner: scannerOf(sightings, { gaps }), options, stages: createStages(more) }, AbortSignal.timeout(20_000));
  return told;
}

/** `stage rule` of every voice, the one that counted marked. */
function spoke(voices: readonly Voice[] | undefined): readonly string[] {
  return (voices ?? []).map(({ stage, rule, won }) => `${stage} ${rule}${won ? ' ✓' : ''}`);
}

function drifted(before: object, after: object, more: Partial<Sighting> = {}): Sighting {
  return sighting({ recorded: side(before as never), live: side(after as never) }, { address: 'a', type: 'aws_security_group', ...more });
}

describe('everything that was said of a difference', () => {
  test('of several rules by which it means nothing, the first counts and the others are told', async () => {
    const [told] = await explain([drifted({ ingress: [{ protocol: 'TCP', description: '' }] }, { ingress: [{ protocol: 'tcp', description: null }] })], 'a');

    expect(told).toMatchObject({ verdict: 'noise', finding: { noise: true } });
    const voices = told?.properties.flat() ?? [];
    expect(voices.filter(({ stage, won }) => stage === 'normalising' && won).length).toBe(told?.properties.length);
    expect(voices.every(({ reason }) => reason !== null)).toBe(true);
  });

  test('the most severe rule counts, and those that said less are told with their references', async () => {
    const [told] = await explain([drifted({ ingress: [] }, { ingress: [{ from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] }] })], 'a');

    const ranked = (told?.properties[0] ?? []).filter(({ stage }) => stage === 'severity');
    expect(told?.verdict).toBe('drift');
    expect(ranked.filter(({ won }) => won)).toMatchObject([{ says: 'critical', why: 'the resource is as severe as this' }]);
    expect(ranked.length).toBeGreaterThan(1);
    expect(ranked.filter(({ won }) => won)[0]?.reference).toMatch(/\w/);
  });

  test('an ignore rule counts while it holds; one that has expired says so and another one behind it is told too', async () => {
    const ignore = [
      { name: 'old', property: 'description', reason: 'was so', until: '2025-12-31' },
      { name: 'first', property: 'description', reason: 'texts', owner: 'docs' },
      { name: 'second', address: 'a', property: 'descr*', reason: 'again' },
    ];
    const [told] = await explain([drifted({ description: 'x' }, { description: 'y' })], 'a', { ignore });

    expect(told?.verdict).toBe('noise');
    expect(spoke(told?.properties[0]).filter((line) => line.startsWith('ignore'))).toEqual(['ignore old', 'ignore first ✓', 'ignore second']);
    expect(told?.properties[0]?.map(({ why }) => why)).toEqual(expect.arrayContaining(['it expired after 2025-12-31', 'it has no last day', 'it was noise already']));
  });

  test('what a controller wrote is told, and counts only where a severity rule insists', async () => {
    const owners: readonly Owner[] = [{ path: ['spec'], who: 'some-operator', when: null, how: 'Update', kind: 'controller' }];
    const of = (field: string, before: unknown, after: unknown): Sighting => drifted({ spec: { [field]: before } }, { spec: { [field]: after } }, { type: 'kubernetes:v1/Pod', owners });

    const [calm] = await explain([of('replicas', 1, 3)], 'a');
    const [grave] = await explain([of('hostNetwork', false, true)], 'a');

    expect(spoke(calm?.properties[0])).toContain('controller controller-owned ✓');
    expect(calm?.verdict).toBe('noise');
    expect(spoke(grave?.properties[0])).toEqual(expect.arrayContaining(['controller controller-owned', 'severity kubernetes-host-namespace ✓']));
    expect(grave?.verdict).toBe('drift');
  });

  test('what a sibling resource makes is told by the sibling', async () => {
    const bucket = sighting({ recorded: side({ id: 'b', versioning: [] }), live: side({ id: 'b', versioning: [{ enabled: true }] }) }, { address: 'a', type: 'aws_s3_bucket' });
    const child = sighting({ recorded: side({ bucket: 'b' }), live: side({ bucket: 'b' }) }, { address: 'c', type: 'aws_s3_bucket_versioning' });

    const [told] = await explain([bucket, child], 'a');

    expect(spoke(told?.properties[0])).toContain('sibling managed-elsewhere ✓');
  });

  test('of a resource as a whole: the rule for what is gone', async () => {
    const [told] = await explain([sighting({ recorded: side({ id: 'x' }), live: null }, { address: 'a', type: 'aws_s3_bucket' })], 'a');

    expect(told).toMatchObject({ verdict: 'drift', sides: { recorded: 'present', live: 'absent' }, finding: { change: 'missing' } });
    expect(told?.voices.filter(({ won }) => won)).toHaveLength(1);
  });
});

test('a resource in sync is explained too, with what was left out of the comparison', async () => {
  const calm = sighting({ recorded: side({ size: 1, ami: 'x' }), live: side({ size: 1, ami: 'y' }, { unknown: [['id']] }) }, { address: 'a', type: 'aws_x', ignored: [['ami']] });

  const [told] = await explain([calm], 'a');

  expect(told).toMatchObject({ verdict: 'in_sync', finding: null, leftOut: [{ path: 'ami', why: 'ignore_changes' }, { path: 'id', why: 'unknown' }] });
});

test('a resource of the ledger is explained by its gap', async () => {
  const [told] = await explain([], 'a', { gaps: [{ address: 'a', state: 'throttled', reason: 'asked too often' }] });

  expect(told).toMatchObject({ verdict: 'not_checked', gap: { state: 'throttled', reason: 'asked too often' } });
});

test('listening changes no report, and no secret is in what is told', async () => {
  const sightings = [drifted({ password: 'hunter2-hunter2', tags: {} }, { password: 'hunter3-hunter3', tags: null })];
  const told: Explanation[] = [];
  const scan = (more: Partial<Stages>) => scanStack(target(), { scanner: scannerOf(sightings), options, stages: createStages(more) }, AbortSignal.timeout(20_000));

  const [deaf, listening] = [await scan({}), await scan({ listener: { concerns: () => true, tell: (one) => void told.push(one) } })];

  expect(listening).toEqual(deaf);
  expect(told).toHaveLength(1);
  expect(JSON.stringify(told)).not.toMatch(/hunter/);
});
