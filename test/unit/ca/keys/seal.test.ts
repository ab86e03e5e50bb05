import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSeal } from '#ca/keys/seal.ts';

const seal = createSeal(randomBytes(32), randomBytes);

test('what was sealed opens again, and says nothing of what is in it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 200 }), fc.string(), (plain, label) => {
      const sealed = Buffer.from(seal.close(plain, label));

      expect(Buffer.from(seal.open(sealed, label)).equals(plain)).toBe(true);
      expect(sealed.includes(plain)).toBe(false);
      expect(Buffer.from(seal.close(plain, label)).equals(sealed)).toBe(false); // each time another nonce
    }),
  );
});

test('a value that was changed anywhere, cut or put under another label does not open', () => {
  const sealed = Buffer.from(seal.close(Buffer.from('keys'), 'one'));
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => seal.open(changed, 'one')).toThrow(expect.objectContaining({ code: 'seal-broken' }));
    expect(() => seal.open(sealed.subarray(0, at), 'one')).toThrow(expect.objectContaining({ code: 'seal-broken' }));
  }

  expect(() => seal.open(sealed, 'two')).toThrow(expect.objectContaining({ code: 'seal-broken' }));
  expect(() => createSeal(randomBytes(32), randomBytes).open(sealed, 'one')).toThrow(expect.objectContaining({ code: 'seal-broken' }));
});
