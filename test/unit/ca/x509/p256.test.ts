import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { isP256Key } from '#ca/x509/p256.ts';
import { makeKey } from '#test/harness/pki.ts';

const spki = createPublicKey(makeKey()).export({ format: 'der', type: 'spki' });

test('a P-256 key is one', () => {
  expect(isP256Key(spki)).toBe(true);
});

test('a point off the curve is no key', () => {
  expect(isP256Key(Buffer.concat([spki.subarray(0, 27), Buffer.alloc(64, 0x11)]))).toBe(false);
  expect(isP256Key(Buffer.concat([spki.subarray(0, 27), Buffer.alloc(64)]))).toBe(false);
});

test('a key of another curve of the same length of bytes, or of any other kind, is none', () => {
  const others = ['secp256k1', 'secp384r1'].map((namedCurve) => generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'der', type: 'spki' }));

  for (const other of [...others, Buffer.alloc(0), Buffer.alloc(91), Buffer.concat([spki, Buffer.alloc(1)])]) expect(isP256Key(other)).toBe(false);
});
