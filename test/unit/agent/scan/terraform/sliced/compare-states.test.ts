import fc from 'fast-check';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '#test/harness/folder.ts';
import { scanOne } from '#test/harness/terraform.ts';

// A state in UTF-16 is read as one document: it must tell the same as the one that is read in slices.

test('a state read in slices is compared as one that is read as a whole', async () => {
  const folder = await makeFolder({});
  await fc.assert(
    fc.asyncProperty(states, fc.infiniteStream(fc.constantFrom('kept', 'changed', 'dropped')), states, fc.constantFrom(undefined, 2), async (before, fates, more, space) => {
      const now = [...more.filter((block) => !before.some((other) => other.type === block.type && other.name === block.name)), ...before.flatMap((block) => changed(block, fates.next().value ?? 'kept'))];
      const texts = [before, now].map((resources) => JSON.stringify({ version: 4, serial: 7, lineage: 'l', outputs: {}, resources }, null, space)) as [string, string];

      const [sliced, whole] = [await compared(folder, texts, 'utf8'), await compared(folder, texts, 'utf16le')];

      expect(sliced).toEqual(whole);
    }),
    { numRuns: 100 },
  );
});

test('numbers beyond a double, foreign keys and every script survive in slices', async () => {
  const folder = await makeFolder({});
  const attributes = '{"id":"日本","n":12345678901234567890,"__proto__":{"polluted":true},"x":1,"x":2}';
  const state = (values: string): string => `\ufeff{"version":4,"lineage":"l","resources":[{"mode":"managed","type":"t","name":"a","instances":[{"attributes":${values}}]}]}`;

  const [sliced, whole] = [await compared(folder, [state('{}'), state(attributes)], 'utf8'), await compared(folder, [state('{}'), state(attributes)], 'utf16le')];

  expect(sliced).toEqual(whole);
  expect(sliced).toMatchObject({ sightings: [{ id: '日本', sides: { recorded: { values: { n: '12345678901234567890', x: 2 } } } }] });
});

test.each([
  ['cut off', '{"version":4,"lineage":"l","resources":[{"mode":"managed"'],
  ['broken inside a resource', '{"version":4,"lineage":"l","resources":[\n  {"mode" "managed"}\n]}'],
  ['broken around the resources', '{"version":4,,"lineage":"l","resources":[]}'],
  ['of a resource of another shape', '{"version":4,"lineage":"l","resources":[7]}'],
  ['nested too deeply', `{"version":4,"lineage":"l","resources":[${'['.repeat(600)}${']'.repeat(600)}]}`],
  ['of a later version', '{"version":5,"lineage":"l","resources":[]}'],
  ['encrypted', '{"encrypted_data":"x","encryption_version":"v0","resources":[]}'],
  ['a web page', '<!doctype html>'],
  ['empty', ' '],
])('a state that is %s is refused as in one piece, on either side', async (_, text) => {
  const folder = await makeFolder({});
  const good = '{"version":4,"lineage":"l","resources":[]}';

  for (const pair of [[good, text], [text, good]] as const) {
    const refused = await compared(folder, pair, 'utf8');

    expect(refused).toMatchObject({ code: expect.stringMatching(/^(?:source|state)-/) });
    expect(refused).toEqual(await compared(folder, pair, 'utf16le'));
  }
});

/** The sightings and gaps of the second against the first, or how they were refused. */
async function compared(folder: string, [before, now]: readonly [string, string], encoding: 'utf8' | 'utf16le'): Promise<unknown> {
  const mark = encoding === 'utf16le' && !now.startsWith('\ufeff') ? '\ufeff' : '';
  await writeFile(join(folder, 'before.tfstate'), mark + before, encoding);
  await writeFile(join(folder, 'now.tfstate'), mark + now, encoding);
  try {
    const { stack, sightings, gaps } = await scanOne(join(folder, 'now.tfstate'), { against: { side: 'file', path: join(folder, 'before.tfstate') } });
    return { lineage: stack.lineage, serial: stack.serial, sightings, gaps };
  } catch (error) {
    return error instanceof Error && 'code' in error ? { code: error.code, message: error.message } : error;
  }
}

type Block = typeof blocks extends fc.Arbitrary<infer One> ? One : never;

/** What becomes of a block in the other state; a changed one is as long as it was. */
function changed(block: Block, fate: 'kept' | 'changed' | 'dropped'): readonly Block[] {
  if (fate === 'dropped') return [];
  if (fate === 'kept') return [block];
  return [{ ...block, instances: block.instances.map((one) => ({ ...one, ...(one.attributes === undefined ? {} : { attributes: { ...one.attributes, n: ((one.attributes.n ?? 0) + 1) % 3 } }) })) }];
}

const attributes = fc.record({ id: fc.constantFrom('i', 'j'), n: fc.integer({ min: 0, max: 2 }), tags: fc.constantFrom(null, {}, { a: 'é' }) }, { requiredKeys: [] });
const instance = fc.record({ index_key: fc.constantFrom(0, 1, 'k', 0.5), attributes, sensitive_attributes: fc.constantFrom([], [[{ type: 'get_attr', value: 'id' }]]), deposed: fc.constantFrom('d0') }, { requiredKeys: ['index_key'] });

/** Blocks that differ begin alike, and some are so large that they are taken apart. */
const providers = fc.constantFrom(200, 200, 200, 70_000).map((length) => `provider["${'x'.repeat(length)}"]`);

/** Few names, so that blocks are often the same on both sides, and often not. */
const blocks = fc.record({
  mode: fc.constantFrom('managed', 'managed', 'data'),
  type: fc.constantFrom('a', 'b'),
  name: fc.constantFrom('x', 'y', 'z'),
  provider: providers,
  instances: fc.uniqueArray(instance, { maxLength: 3, selector: ({ index_key, deposed }) => `${index_key} ${deposed}` }),
});

/** Each resource in one block only. */
const states = fc.uniqueArray(blocks, { maxLength: 6, selector: ({ mode, type, name }) => `${mode}.${type}.${name}` });
