import { expect, test } from 'vitest';
import { readDeployment } from '#agent/scan/pulumi/deployment.ts';
import { openDeployment } from '#agent/scan/pulumi/open.ts';
import { typeOf } from '#agent/scan/pulumi/sighting.ts';
import type { Json } from '#proto/domain/json.ts';
import type { Sighting } from '#proto/domain/resource.ts';

const key = '4dabf18193072939515e22adb298388d';
const root = 'urn:pulumi:prod::shop::';

test.each([
  [0, 'pulumi-version-unsupported'],
  [5, 'pulumi-version-unsupported'],
])('version %i is refused by name', (version, code) => {
  expect(() => readDeployment({ version, deployment: {} }, 'stack.json')).toThrow(expect.objectContaining({ code }));
});

test('version 4 is read with features that are known, and refused with one that is not', () => {
  const known = readDeployment({ version: 4, features: ['refreshBeforeUpdate'], deployment: { resources: [] } }, 'stack.json');

  expect(known.resources).toEqual([]);
  expect(() => readDeployment({ version: 4, features: ['time-travel'], deployment: {} }, 'stack.json')).toThrow(
    expect.objectContaining({ code: 'pulumi-feature-unsupported', facts: { source: 'stack.json', features: 'time-travel' } }),
  );
});

test('a resource that is not one names the place and not the value', () => {
  const broken = { version: 3, deployment: { resources: [{ urn: 'sk_live_made_up', type: 't' }] } };

  expect(() => readDeployment(broken, 'stack.json')).toThrow(
    expect.objectContaining({ code: 'pulumi-unreadable', message: expect.not.stringContaining('sk_live') }),
  );
});

test('what the stack does not manage is left out: components, providers, external resources', () => {
  const { addresses } = open([
    { urn: `${root}pulumi:pulumi:Stack::shop-prod`, type: 'pulumi:pulumi:Stack', custom: false },
    { urn: `${root}pulumi:providers:aws::default`, type: 'pulumi:providers:aws', custom: true, id: '1' },
    { urn: `${root}my:component:Web::web`, type: 'my:component:Web', custom: false },
    { urn: `${root}aws:ec2/vpc:Vpc::found`, type: 'aws:ec2/vpc:Vpc', custom: true, external: true, id: 'vpc-1' },
    { urn: `${root}aws:s3/bucket:Bucket::logs`, type: 'aws:s3/bucket:Bucket', custom: true, id: 'logs' },
  ]);

  expect(addresses).toEqual([`${root}aws:s3/bucket:Bucket::logs`]);
});

test.each([
  ['kubernetes:apps/v1:Deployment', 'kubernetes:apps/v1/Deployment'],
  ['kubernetes:core/v1:Secret', 'kubernetes:v1/Secret'],
  ['kubernetes:yaml:ConfigFile', 'kubernetes:yaml:ConfigFile'],
  ['aws:s3/bucket:Bucket', 'aws:s3/bucket:Bucket'],
])('rules know %s as %s', (type, expected) => {
  expect(typeOf({ type })).toBe(expected);
});

test('the old half of a replacement and an interrupted operation are told as stale, not compared', () => {
  const bucket = { urn: `${root}aws:s3/bucket:Bucket::logs`, type: 'aws:s3/bucket:Bucket', custom: true, id: 'new' };

  const { addresses, gaps } = open(
    [bucket, { ...bucket, id: 'old', delete: true }],
    [{ type: 'creating', resource: { urn: `${root}aws:sqs/queue:Queue::q` } }],
  );

  expect(addresses).toEqual([bucket.urn]);
  expect(gaps.map(({ address, state }) => [address, state])).toEqual([
    [`${bucket.urn} (pending deletion of old)`, 'stale'],
    [`${root}aws:sqs/queue:Queue::q`, 'stale'],
  ]);
});

test.each([
  ['deleted to be made anew', { pendingReplacement: true }, 'stale'],
  ['not healthy', { initErrors: ['timed out'] }, 'unreadable'],
])('a resource that is %s is told as that, not compared', (_, more, state) => {
  const { addresses, gaps } = open([{ urn: `${root}aws:s3/bucket:Bucket::logs`, type: 'aws:s3/bucket:Bucket', custom: true, id: 'logs', ...more }]);

  expect([addresses, gaps]).toMatchObject([[], [{ state }]]);
});

test.each([
  ['tags.team', [['tags', 'team'], ['tags', 'team']]],
  ['rules[0]["a.b"]', [['rules', 0, 'a.b'], ['rules', 0, 'a.b']]],
  ['rules[*].port', [['rules', 0, 'port'], ['rules', 0, 'port'], ['rules', 1, 'port']]],
  ['tags.*', [['tags', 'team'], ['tags', 'team'], ['tags', 'cost']]],
])('what the program ignores by %s is ignored there and nowhere else', (ignored, paths) => {
  const { sightings } = open([{ urn: `${root}aws:s3/bucket:Bucket::logs`, type: 'aws:s3/bucket:Bucket', custom: true, ignoreChanges: [ignored], inputs: { tags: { team: 'a' }, rules: [{ port: 1 }] }, outputs: { tags: { team: 'b', cost: 'c' }, rules: [{ port: 2 }, { port: 3 }] } }]);

  expect(sightings[0]?.ignored).toEqual(paths);
});

test('a key that is the name of a prototype is compared like any other', () => {
  const resource = (value: number): string => `{"tags":{"__proto__":${value}}}`;
  const text = `{"urn":"${root}aws:s3/bucket:Bucket::logs","type":"aws:s3/bucket:Bucket","custom":true,"inputs":${resource(1)},"outputs":${resource(2)}}`;

  const { sightings } = open([JSON.parse(text) as Json]);

  expect(JSON.stringify([sightings[0]?.sides.code?.values, sightings[0]?.sides.recorded?.values])).toBe(`[${resource(1)},${resource(2)}]`);
});

test('a secret that outputs hold encrypted is marked in the inputs that hold it in clear', () => {
  const { sightings } = open([
    {
      urn: `${root}aws:rds/instance:Instance::db`,
      type: 'aws:rds/instance:Instance',
      custom: true,
      inputs: { password: 'made-up' },
      outputs: { password: { [key]: '1b47061264138c4ac30d75fd1eb44270', ciphertext: 'v1:xyz' } },
    },
  ]);

  expect(sightings[0]?.sides.code?.sensitive).toContainEqual(['password']);
  expect(sightings[0]?.sides.recorded?.unknown).toContainEqual(['password']);
});

test('an archive that the provider answers with a path is not compared, one that it answers with an archive is', () => {
  const archive = (hash: string): Json => ({ [key]: '0def7320c3a5731c473e5ecbe6d01bc7', hash });
  const { sightings } = open([
    { urn: `${root}aws:lambda/function:Function::f`, type: 'aws:lambda/function:Function', custom: true, inputs: { code: archive('a'), layer: archive('a') }, outputs: { code: '/tmp/pulumi-archive-1', layer: archive('b') } },
  ]);

  expect(sightings[0]?.sides.code?.unknown).toEqual([['code']]);
});

test('an input that the provider never gives back is not taken for lost', () => {
  const { sightings } = open([
    { urn: `${root}aws:s3/bucket:Bucket::logs`, type: 'aws:s3/bucket:Bucket', custom: true, inputs: { forceDestroy: true, acl: 'private' }, outputs: { acl: 'private' } },
  ]);

  expect(sightings[0]?.sides.code?.unknown).toEqual([['forceDestroy']]);
});

test('the stack is identified by project and stack, and one that was never deployed is empty', () => {
  const { id } = open([{ urn: `${root}aws:s3/bucket:Bucket::logs`, type: 'aws:s3/bucket:Bucket', custom: true }]);
  const empty = openDeployment(readDeployment({ version: 3, checkpoint: { stack: 'prod', latest: null } }, 'prod.json'));

  expect(id).toBe('pulumi:shop/prod');
  expect([...(empty.sightings() as Iterable<unknown>)]).toEqual([]);
});

function open(resources: readonly Json[], pending: readonly Json[] = []) {
  const stack = openDeployment(readDeployment({ version: 3, deployment: { resources, pending_operations: pending } }, 'stack.json'));
  const sightings = [...(stack.sightings() as Iterable<Sighting>)];
  return { id: stack.id, sightings, addresses: sightings.map(({ address }) => address), gaps: stack.gaps() };
}
