import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFindingId, writeFindingId } from '#control-plane/drift/finding-id.ts';
import { isUuid } from '#proto/domain/identity.ts';

test('an id is a UUID and leads back to its finding', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 48 - 1 }), (ordinal) => {
    const id = writeFindingId(ordinal);

    expect(isUuid(id)).toBe(true);
    expect(parseFindingId(id)).toBe(ordinal);
  }));
});

test.each(['', 'x', '7f0c0000-0000-8000-8000-000000000001', '00000000-0000-8000-8000-00000000000G', "1' or true"])('%j is no finding', (id) => {
  expect(() => parseFindingId(id)).toThrow(expect.objectContaining({ code: 'not-found' }));
});
