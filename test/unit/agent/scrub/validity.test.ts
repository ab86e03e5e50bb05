import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { createScrubber } from '#agent/scrub/scrubber.ts';
import { secretDocuments, writtenDocuments } from '#test/harness/secret-documents.ts';

const scrubber = createScrubber({ key: new Uint8Array(32) });
test('what was JSON is JSON of the same shape afterwards', () => {
  fc.assert(
    fc.property(secretDocuments, fc.constantFrom(0, 1, 4), (value, indent) => {
      const { text } = scrubber.text(JSON.stringify(value, null, indent));

      expect(shape(JSON.parse(text))).toEqual(shape(value));
    }),
    { numRuns: 2_000 },
  );
});

test('what was YAML is YAML of the same shape afterwards', () => {
  fc.assert(
    fc.property(secretDocuments, (value) => {
      const written = stringify(value);
      const { text } = scrubber.text(written);

      expect(shape(parse(text))).toEqual(shape(parse(written)));
    }),
    { numRuns: 1_000 },
  );
});

test('scrubbing twice is scrubbing once', () => {
  fc.assert(
    fc.property(writtenDocuments, (written) => {
      const once: string = scrubber.text(written).text;

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
