import { rootOf, type MerkleTree } from './merkle.ts';

/** How far a log had come, and the root of its tree there. */
export interface Checkpoint {
  /** The one name of the log. */
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

/** The text of a checkpoint (https://c2sp.org/tlog-checkpoint): origin, size and root, a line each; to be signed as a note. */
export function writeCheckpoint(origin: string, tree: MerkleTree): string {
  return `${origin}\n${tree.size}\n${Buffer.from(rootOf(tree)).toString('base64')}\n`;
}

/** Reads the first three lines of a checkpoint's text; null where they are none. Further lines are others' to use. */
export function readCheckpoint(text: string): Checkpoint | null {
  const [, origin, size, encoded] = /^([^\n]+)\n(0|[1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\n/.exec(text) ?? [];
  if (origin === undefined || encoded === undefined) return null;
  return { origin, size: Number(size), root: Buffer.from(encoded, 'base64') };
}
