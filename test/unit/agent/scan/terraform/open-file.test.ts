import { expect, test } from 'vitest';
import { makeFolder } from '#test/harness/folder.ts';
import { scanOne, stateOf } from '#test/harness/terraform.ts';

test('a state by itself is compared with nothing, and says so of each resource', async () => {
  const folder = await makeFolder({ 'x.tfstate': stateOf({ 'test.a': { id: 'i' } }) });

  const { stack, sightings, gaps } = await scanOne(`${folder}/x.tfstate`);

  expect([stack.id, stack.against, stack.serial]).toEqual(['test-lineage', 'nothing', 3]);
  expect(sightings).toMatchObject([{ address: 'test.a', id: 'i', sides: { recorded: { values: { id: 'i' } } } }]);
  expect(gaps).toMatchObject([{ address: 'test.a', state: 'stale' }]);
});

test('a file as the baseline takes the place of the code', async () => {
  const folder = await makeFolder({ 'now.tfstate': stateOf({ 'test.a': { n: 2 }, 'test.new': {} }), 'before.tfstate': stateOf({ 'test.a': { n: 1 }, 'test.gone': {} }) });

  const { stack, sightings, gaps } = await scanOne(`${folder}/now.tfstate`, { against: { side: 'file', path: `${folder}/before.tfstate` } });

  expect(stack.against).toBe(`${folder}/before.tfstate`);
  expect(gaps).toEqual([]);
  expect(sightings.map(({ address, sides }) => [address, sides.code?.values, sides.recorded?.values])).toEqual([
    ['test.a', { n: 1 }, { n: 2 }],
    ['test.new', undefined, {}],
    ['test.gone', {}, undefined],
  ]);
});

test('a state beside its code is compared with it where that is asked for', async () => {
  const folder = await makeFolder({ 'main.tf': 'resource "test" "a" {\n  n = 1\n}\n', 'prod.tfstate': stateOf({ 'test.a': { n: 2 } }) });

  const asked = await scanOne(`${folder}/prod.tfstate`, { against: { side: 'code' } });
  const unasked = await scanOne(`${folder}/prod.tfstate`);

  expect([asked.stack.against, asked.sightings[0]?.sides.code?.values]).toEqual(['code', { n: 1 }]);
  expect(unasked.stack.against).toBe('nothing');
});

test('a live comparison of a file without code says what it lacks', async () => {
  const folder = await makeFolder({ 'x.tfstate': stateOf({}) });

  await expect(scanOne(`${folder}/x.tfstate`, { against: { side: 'live' } })).rejects.toMatchObject({ code: 'live-needs-code' });
});
