import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sliceList } from '#agent/scan/terraform/sliced/slice-list.ts';

test('the slices of a list are its elements, whatever stands around and in them', () => {
  const list = fc.array(fc.jsonValue());
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }), list, fc.constantFrom(undefined, 2, '\t\r\n'), (around, elements, space) => {
      const text = JSON.stringify({ ...around, resources: elements }, null, space);
      fc.pre(!Object.keys(around).some((key) => JSON.stringify(key).includes('\\')));

      expect(slices(text)?.map((slice): unknown => JSON.parse(slice))).toEqual(JSON.parse(text).resources);
    }),
  );
});

test('a text that is not JSON is never whole in slices either', () => {
  const whole = '{"version":4,"a":"\\"[{","resources":[{"a":[1,{}]}, -2.5e3 ,"x\\\\",null],"z":{"y":[]}}';
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(3), fc.constantFrom('', ',', '"', '[', ']', '{', '}', '\\', ' ', '0', ':', 'n'), (at, length, put) => {
      const text = whole.slice(0, at) + put + whole.slice(at + length);

      expect(parsedInSlices(text) ?? parsed(text)).toEqual(parsed(text));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['the same key twice, of which the last counts', '{"resources":[1],"resources":[2]}'],
  ['a key whose escapes may spell the same', '{"resources":[1],"r\\u0065sources":[2]}'],
  ['no list', '{"resources":{}}'],
  ['no such key', '{"a":[1]}'],
  ['a comma before the end', '{"resources":[1,]}'],
  ['something behind the end', '{"resources":[1]} 2'],
  ['no end', '{"resources":[1'],
  ['a list by itself', '[1]'],
  ['lists nested too deeply', `{"resources":[${'['.repeat(600)}${']'.repeat(600)}]}`],
])('it is left to the parser of the whole: %s', (_, text) => {
  expect(slices(text)).toBeNull();
});

function slices(text: string): readonly string[] | null {
  const bytes = Buffer.from(text);
  const found = sliceList(bytes, 'resources');
  if (found === null) return null;
  return Array.from({ length: found.bounds.length / 2 }, (_, index) => bytes.toString('utf8', found.bounds[index * 2], found.bounds[index * 2 + 1]));
}

/** Put together from a head and slices that were parsed by themselves; undefined where any of them cannot be. */
function parsedInSlices(text: string): unknown {
  const bytes = Buffer.from(text);
  const found = sliceList(bytes, 'resources');
  if (found === null) return undefined;
  const head = parsed(`${bytes.toString('utf8', 0, found.start)}[]${bytes.toString('utf8', found.end)}`);
  const elements = (slices(text) ?? []).map(parsed);
  return typeof head !== 'object' || elements.includes(undefined) ? undefined : { ...head, resources: elements };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
