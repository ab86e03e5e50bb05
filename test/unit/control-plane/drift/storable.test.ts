import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storable } from '#control-plane/drift/storable.ts';
import type { Json } from '#proto/domain/json.ts';

test('what can be stored is handed on, not copied', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const sound = !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value));
    fc.pre(sound);
    expect(storable(value as Json)).toBe(value);
  }));
});

test('nothing is left that Postgres refuses, and nothing else changes', () => {
  fc.assert(fc.property(fc.jsonValue({ stringUnit: fc.constantFrom('a', '\0', '\ud800', '\udfff', '\u{1f600}', '\\', 'u0000') }), (value) => {
    const stored = JSON.stringify(storable(value as Json));

    expect(stored).not.toMatch(/(^|[^\\])(\\\\)*\\u(0000|d[89a-f])/i);
    expect(storable(JSON.parse(stored))).toEqual(JSON.parse(stored));
  }));
});

test('what only looks like an escape is handed on, not copied', () => {
  for (const text of ['\\u0000', 'a\\ud800', '\\\\udfff', '\\\\\\u0000']) {
    const value = { [text]: [text] };
    expect(storable(value)).toBe(value);
  }
});

test('a key named __proto__ stays a key', () => {
  const value = JSON.parse('{"__proto__": "a\\u0000"}') as Json;

  expect(JSON.stringify(storable(value))).toBe('{"__proto__":"a\uFFFD"}');
});

test('a value 256 levels deep is stored', () => {
  expect(() => storable(nested(256))).not.toThrow();
});

test('a value deeper than that is refused', () => {
  expect(() => storable(nested(257))).toThrow(expect.objectContaining({ code: 'report-invalid' }));
});

function nested(depth: number): Json {
  let value: Json = 'x';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}
