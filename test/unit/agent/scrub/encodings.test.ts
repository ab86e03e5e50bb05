import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createScrubbers, type Scrubber } from '#agent/scrub/scrubber.ts';
import { isPlain } from '#secrets/looks.ts';

const fresh = createScrubbers({ key: new Uint8Array(32) });
/** The long run: `DD0C_SCRUB_CASES=100000 npm test -- test/unit/agent/scrub/encodings.test.ts`. */
const numRuns = Number(process.env['DD0C_SCRUB_CASES'] ?? 300);
const patience = Math.max(120_000, numRuns * 10);
/** What stands plainly in many places (paths, addresses, dates) is masked in its own place only, and no case here. */
const secretText = fc.string({ unit: 'grapheme-ascii', minLength: 10, maxLength: 60 }).filter((text) => text.trim() === text && /[A-Za-z].*\d|\d.*[A-Za-z]/.test(text) && !isPlain(text));
const surroundings = fc.uint8Array({ maxLength: 40 });

test('a known value is found in base64 and base64url at whatever alignment it stands', () => {
  fc.assert(
    fc.property(secretText, surroundings, surroundings, fc.constantFrom<BufferEncoding>('base64', 'base64url'), (secret, before, after, encoding) => {
      const scrub = knowing(secret);
      const blob = Buffer.concat([before, Buffer.from(secret), after]).toString(encoding);

      const { text } = scrub.text(`blob ${blob} end`);

      const kept = text.replaceAll(/«[^»]*»/g, ' ').split(/\s+/);
      for (const part of kept) for (let skip = 0; skip < 4; skip += 1) expect(Buffer.from(part.slice(skip), encoding).includes(secret.slice(0, 9))).toBe(false);
    }),
    { numRuns },
  );
}, patience);

test.each([
  ['plain', (text: string) => text],
  ['JSON', (text: string) => JSON.stringify(text)],
  ['JSON in JSON', (text: string) => JSON.stringify(JSON.stringify({ text }))],
  ['a URL', (text: string) => encodeURIComponent(text)],
  ['a form', (text: string) => new URLSearchParams({ text }).toString()],
  ['hex', (text: string) => Buffer.from(text).toString('hex')],
  ['HEX', (text: string) => Buffer.from(text).toString('hex').toUpperCase()],
  ['single quotes of a shell', (text: string) => `'${text.replaceAll("'", `'\\''`)}'`],
  ['backslashes of a shell', (text: string) => text.replaceAll(/[^\w@%+=:,./-]/g, '\\$&')],
  ['XML', (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;')],
  ['JSON as Go writes it', (text: string) => JSON.stringify(text).replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')],
] as const)('a known value is found in %s', (_, encode) => {
  fc.assert(
    fc.property(secretText, (secret) => {
      const encoded = encode(secret);

      const { text } = knowing(secret).text(`<<${encoded}>>`);

      expect(text.includes(encoded.slice(1, -1))).toBe(false);
    }),
    { numRuns },
  );
}, patience);

test('every line of a known value of several lines is found, joined in whatever way', () => {
  const lines = ['first-line-4711', 'second-line-0815', 'third-line-1234'];
  const scrub = knowing(lines.join('\n'));

  for (const joined of [lines.join('\n'), lines.join('\r\n'), lines.join(' '), lines.join(''), lines.join('\\n'), lines.join('\n    ')]) {
    const { text } = scrub.text(`> ${joined} <`);
    for (const line of lines) expect(text).not.toContain(line);
  }
});

test('short and common values are masked in their own place only', () => {
  const scrub = knowing('admin', 'true', 'eu-west-1', '123456789012', 'x', '');

  const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/admin/web:x';
  expect(scrub.text(image).text).toBe(image);
});

function knowing(...secrets: string[]): Scrubber {
  const scrubber = fresh();
  for (const [index, value] of secrets.entries()) {
    scrubber.learn({
      address: `a.${index}`, type: 'a', provider: null, id: null, movedFrom: null, ignored: [],
      sides: { live: { values: { value }, sensitive: [['value']], unknown: [], partial: false } },
    });
  }
  return scrubber;
}
