import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDer } from '#ca/x509/der.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

test('elements one behind the other are read with their tags and contents', () => {
  expect(readDer(hex('02 01 05  30 03 01 01 ff'))).toEqual([{ tag: 0x02, content: hex('05') }, { tag: 0x30, content: hex('01 01 ff') }]);
  expect(readDer(hex(''))).toEqual([]);
  expect(readDer(Buffer.concat([hex('04 81 80'), Buffer.alloc(128)]))).toHaveLength(1);
  expect(readDer(Buffer.concat([hex('04 82 01 00'), Buffer.alloc(256)]))).toHaveLength(1);
});

test.each([
  ['a length beyond the end', '04 05 00'],
  ['a length cut off', '04 82 01'],
  ['a tag alone', '30'],
  ['a length that could be shorter', '04 81 01 00'],
  ['a length that could be shorter by a byte', '04 82 00 80'],
  ['an indefinite length', '30 80 00 00'],
  ['a tag of several bytes', '1f 81 00 00'],
  ['an integer with a zero too many', '02 02 00 01'],
  ['a negative integer with a byte too many', '02 02 ff 80'],
  ['an integer without a byte', '02 00'],
  ['a truth that is neither', '01 01 05'],
  ['bits that are unused and set', '03 02 01 01'],
  ['more unused bits than a byte has', '03 02 09 00'],
  ['a bit string without a byte', '03 00'],
  ['an inner element that is none of these', '30 04 02 02 00 01'],
])('%s is no DER', (_what, text) => {
  expect(readDer(hex(text))).toBeNull();
});

test('nesting without end is no DER', () => {
  const nested = Array.from({ length: 40 }).reduce<Buffer>((inner) => Buffer.concat([Buffer.from([0x30, inner.length]), inner]), Buffer.alloc(0));

  expect(readDer(nested)).toBeNull();
});

test('whatever the bytes are, reading them ends, and what it read writes the same bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const elements = readDer(bytes);
      const length = (content: Uint8Array): Buffer => (content.length < 128 ? Buffer.from([content.length]) : Buffer.from([0x81, content.length]));
      const written = elements === null ? bytes : Buffer.concat(elements.flatMap(({ tag, content }) => [Buffer.from([tag]), length(content), content]));
      expect(Buffer.from(written)).toEqual(Buffer.from(bytes));
    }),
  );
});
