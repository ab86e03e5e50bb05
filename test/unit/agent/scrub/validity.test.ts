import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { createScrubber } from '#agent/scrub/scrubber.ts';

const scrubber = createScrubber({ key: new Uint8Array(32) });
const names = fc.constantFrom('password', 'name', 'value', 'token', 'db_password', 'data', 'kind', 'url', 'user_data', 'sensitive', 'env', 'auth', 'key', 'secret "x"');
const values = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 24 }),
  fc.constantFrom('Secret', 'DB_PASSWORD', 'hunter-2-Kestrel', 'postgres://app:Tr4iler-Mist@db:5432/x', 'a "quoted" \\ back\\nslash', `ghp_${'aB3dE5'.repeat(6)}`, 'password=Tr4il"er\\Mist\n', `-----BEGIN ${'PRIVATE'} KEY-----\nMIIEowIBAAKCAQEAx7Jk\n-----END`, '{"password":"Tr4il\\"er"}'),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const { document } = fc.letrec<{ document: unknown; leaf: unknown }>((tie) => ({
  leaf: values,
  document: fc.oneof({ depthSize: 'small' }, tie('leaf'), fc.dictionary(names, tie('document'), { maxKeys: 5 }), fc.array(tie('document'), { maxLength: 4 })),
}));

test('what was JSON is JSON of the same shape afterwards', () => {
  fc.assert(
    fc.property(document, fc.constantFrom(0, 1, 4), (value, indent) => {
      const { text } = scrubber.text(JSON.stringify(value, null, indent));

      expect(shape(JSON.parse(text))).toEqual(shape(value));
    }),
    { numRuns: 2_000 },
  );
});

test('what was YAML is YAML of the same shape afterwards', () => {
  fc.assert(
    fc.property(document, (value) => {
      const written = stringify(value);
      const { text } = scrubber.text(written);

      expect(shape(parse(text))).toEqual(shape(parse(written)));
    }),
    { numRuns: 1_000 },
  );
});

test('scrubbing twice is scrubbing once', () => {
  fc.assert(
    fc.property(document, fc.constantFrom((value: unknown) => JSON.stringify(value), (value: unknown) => JSON.stringify(value, null, 2), stringify), (value, write) => {
      const once: string = scrubber.text(write(value)).text;

      expect(scrubber.text(once).text).toBe(once);
    }),
    { numRuns: 1_500 },
  );
});

/** Names and nesting, without the values. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shape(inner)]));
}
