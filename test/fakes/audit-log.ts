import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { writeFirstLine, writeLastLine } from '#control-plane/audit/proof/bundle.ts';
import { writeCheckpoint } from '#control-plane/audit/proof/checkpoint.ts';
import { hashEntry, noHash, writeEntry } from '#control-plane/audit/proof/entry.ts';
import { emptyTree, grow } from '#control-plane/audit/proof/merkle.ts';
import { writeNote, writeVerifier } from '#control-plane/audit/proof/note.ts';
import { approvalBytes } from '#proto/domain/approval.ts';
import type { Json, JsonObject } from '#proto/domain/json.ts';

export const tenant = '3f1e2d4c-0000-4000-8000-000000000000';
export const origin = `dd0c-test/audit/${tenant}`;

export const [execution, agent] = ['aaaaaaaa-0000-4000-8000-000000000000', 'bbbbbbbb-0000-4000-8000-000000000000'];
const [planHash, nonce] = ['1'.repeat(64), '2'.repeat(64)];

/** A log as its keeper would export it. */
export interface Log {
  readonly lines: readonly string[];
  readonly verifier: string;
  /** The signed head over the first `size` entries. */
  readonly head: (size: number) => string;
}

/** Something that happened; a body alone is of some topic. */
type Happening = Json | { readonly topic: string; readonly body: Json };

/** Writes a log of these, signed by a key of its own or the given one. */
export function makeLog(bodies: readonly Happening[], key: KeyObject = generateKeyPairSync('ed25519').privateKey): Log {
  const entries: string[] = [];
  const trees = [emptyTree];
  let prev = noHash;
  for (const [index, happening] of bodies.entries()) {
    const { topic, body } = named(happening);
    const text = writeEntry({ at: new Date(index * 1_000).toISOString(), body, prev, seq: index + 1, tenant, topic });
    prev = hashEntry(text);
    entries.push(text);
    trees.push(grow(trees.at(-1) ?? emptyTree, Buffer.from(text)));
  }
  const verifier = writeVerifier({ name: origin, key });
  const head = (size: number): string => writeNote(writeCheckpoint(origin, trees[size] ?? emptyTree), { name: origin, key });
  return { lines: [writeFirstLine({ schema: 'dd0c.audit/v1', tenant, origin, verifier }), ...entries, writeLastLine(head(bodies.length))], verifier, head };
}

function named(happening: Happening): { readonly topic: string; readonly body: Json } {
  const isNamed = typeof happening === 'object' && happening !== null && 'topic' in happening && 'body' in happening && typeof happening.topic === 'string';
  return isNamed ? { topic: happening.topic, body: happening.body } : { topic: 'test.happened', body: happening };
}

/** Somebody who approves. */
export interface Person {
  readonly privateKey: KeyObject;
  readonly publicKey: string;
  readonly keyId: string;
}

export function makePerson(): Person {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { privateKey, publicKey: `ed25519:${raw.toString('base64')}`, keyId: createHash('sha256').update(raw).digest('hex') };
}

export function keyAdded({ keyId, publicKey }: Person): { readonly topic: string; readonly body: JsonObject } {
  return { topic: 'key.added', body: { key: keyId, publicKey, name: 'laptop' } };
}

/** What the trail says of an approval of one step, with the signature over it. */
export function approvalOf({ keyId, privateKey }: Person, changed: { readonly tenant?: string } = {}): JsonObject {
  const statement = approvalBytes({ schema: 'dd0c.approval/v1', tenant, agent, execution, step: 'restart', part: 'run', planHash, nonce, notAfterMs: 1, requester: 'somebody', keyId, ...changed });
  return { execution, step: 'restart', part: 'run', planHash, nonce, risk: 'dangerous', key: keyId, statement: statement.toString('utf8'), signature: sign(null, statement, privateKey).toString('base64') };
}
