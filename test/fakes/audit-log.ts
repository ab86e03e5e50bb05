import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeFirstLine, writeLastLine } from '#control-plane/audit/proof/bundle.ts';
import { writeCheckpoint } from '#control-plane/audit/proof/checkpoint.ts';
import { hashEntry, noHash, writeEntry } from '#control-plane/audit/proof/entry.ts';
import { emptyTree, grow } from '#control-plane/audit/proof/merkle.ts';
import { writeNote, writeVerifier } from '#control-plane/audit/proof/note.ts';
import type { Json } from '#proto/domain/json.ts';

export const tenant = '3f1e2d4c-0000-4000-8000-000000000000';
export const origin = `dd0c-test/audit/${tenant}`;

/** A log as its keeper would export it. */
export interface Log {
  readonly lines: readonly string[];
  readonly verifier: string;
  /** The signed head over the first `size` entries. */
  readonly head: (size: number) => string;
}

/** Writes a log of these bodies, signed by a key of its own or the given one. */
export function makeLog(bodies: readonly Json[], key: KeyObject = generateKeyPairSync('ed25519').privateKey): Log {
  const entries: string[] = [];
  const trees = [emptyTree];
  let prev = noHash;
  for (const [index, body] of bodies.entries()) {
    const text = writeEntry({ at: new Date(index * 1_000).toISOString(), body, prev, seq: index + 1, tenant, topic: 'test.happened' });
    prev = hashEntry(text);
    entries.push(text);
    trees.push(grow(trees.at(-1) ?? emptyTree, Buffer.from(text)));
  }
  const verifier = writeVerifier({ name: origin, key });
  const head = (size: number): string => writeNote(writeCheckpoint(origin, trees[size] ?? emptyTree), { name: origin, key });
  return { lines: [writeFirstLine({ schema: 'dd0c.audit/v1', tenant, origin, verifier }), ...entries, writeLastLine(head(bodies.length))], verifier, head };
}
