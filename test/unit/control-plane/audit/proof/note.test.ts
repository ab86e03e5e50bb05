import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSignedBy, readNote, readVerifier, writeNote, writeVerifier } from '#control-plane/audit/proof/note.ts';

const { privateKey: key, publicKey } = generateKeyPairSync('ed25519');
const signer = { name: 'example.com/log', key };

test('a note that the format’s own example key signed is known as that', () => {
  // The signed note of golang.org/x/mod/sumdb/note's documentation.
  const verifier = readVerifier('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
  const note = readNote(
    'If you think cryptography is the answer to your problem,\nthen you don\'t know what your problem is.\n\n' +
      '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
  );

  expect(verifier).not.toBeNull();
  expect(note).not.toBeNull();
  expect(note !== null && verifier !== null && isSignedBy(note, verifier)).toBe(true);
});

test('a note is signed by its key, and by no other under the same name', () => {
  const note = readNote(writeNote('one\n\ntwo\n', signer));
  const other = { name: signer.name, key: generateKeyPairSync('ed25519').publicKey };

  expect(note?.text).toBe('one\n\ntwo\n');
  expect(note !== null && isSignedBy(note, { ...signer, key: publicKey })).toBe(true);
  expect(note !== null && isSignedBy(note, other)).toBe(false);
});

test('a note of which one bit was turned is not signed', () => {
  const text = writeNote('origin\n1\nAAAA\n', signer);
  const verifier = { name: signer.name, key: createPublicKey(key) };

  fc.assert(
    fc.property(fc.nat(Buffer.byteLength(text) - 1), fc.nat(7), (at, bit) => {
      const bytes = Buffer.from(text);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      const note = readNote(bytes.toString('utf8'));
      return note === null || note.text === 'origin\n1\nAAAA\n' ? true : !isSignedBy(note, verifier);
    }),
  );
});

test('a key is read from the text that it is written as, and not when that was changed', () => {
  const text = writeVerifier({ name: signer.name, key: publicKey });

  expect(readVerifier(text)?.name).toBe(signer.name);
  expect(readVerifier(text.replace('example', 'another'))).toBeNull();
  expect(readVerifier('no key')).toBeNull();
});
