import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyTree, grow, rootOf } from '#control-plane/audit/proof/merkle.ts';

const entries = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 70 });

test('the root is the Merkle tree hash of RFC 6962, however many entries', () => {
  fc.assert(
    fc.property(entries, (list) => {
      expect(Buffer.from(rootOf(list.reduce(grow, emptyTree))).toString('hex')).toBe(byDefinition(list).toString('hex'));
    }),
  );
});

test('what is kept of a tree grows with the logarithm of its size', () => {
  const tree = Array.from({ length: 1_000 }, () => Uint8Array.of(1)).reduce(grow, emptyTree);

  expect(tree.size).toBe(1_000);
  expect(tree.peaks).toHaveLength(6); // 1000 is 1111101000 in binary
});

test('the known root of the first eight test entries of the certificate-transparency project is found', () => {
  const list = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map((hex) => Buffer.from(hex, 'hex'));

  expect(Buffer.from(rootOf(list.reduce(grow, emptyTree))).toString('hex')).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
});

/** Section 2.1 word by word: split at the largest power of two below the size. */
function byDefinition(list: readonly Uint8Array[]): Buffer {
  const [only] = list;
  if (only === undefined) return createHash('sha256').digest();
  if (list.length === 1) return createHash('sha256').update(Uint8Array.of(0)).update(only).digest();
  let split = 1;
  while (split * 2 < list.length) split *= 2;
  return createHash('sha256').update(Uint8Array.of(1)).update(byDefinition(list.slice(0, split))).update(byDefinition(list.slice(split))).digest();
}
