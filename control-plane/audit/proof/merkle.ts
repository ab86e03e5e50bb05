import { createHash } from 'node:crypto';

/**
 * A Merkle tree over entries as RFC 6962 (section 2.1) defines it, of which only the roots of its full subtrees are kept:
 * enough to grow it and to tell its root, however many entries it has.
 */
export interface MerkleTree {
  readonly size: number;
  /** Roots of the full subtrees, the largest first: one for each bit that is set in `size`. */
  readonly peaks: readonly Uint8Array[];
}

export const emptyTree: MerkleTree = { size: 0, peaks: [] };

/** The tree with one more entry at its end. */
export function grow({ size, peaks }: MerkleTree, entry: Uint8Array): MerkleTree {
  const kept = [...peaks];
  let young: Uint8Array = leafHash(entry);
  for (let full = size; full % 2 === 1; full = (full - 1) / 2) young = nodeHash(kept.pop() ?? young, young);
  return { size: size + 1, peaks: [...kept, young] };
}

/** The Merkle tree hash, 32 bytes; that of no entries is the hash of nothing. */
export function rootOf({ peaks }: MerkleTree): Uint8Array {
  const [smallest, ...larger] = peaks.toReversed();
  if (smallest === undefined) return sha256();
  return larger.reduce((right, left) => nodeHash(left, right), smallest);
}

/** Leaves and nodes are hashed apart, so that no node can be shown as an entry. */
function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(Uint8Array.of(0), entry);
}

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(Uint8Array.of(1), left, right);
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
