import { Fault } from '#proto/domain/fault.ts';
import { createApprovalCheck } from './approvals.ts';
import { type BundleHead, readEntryLine, readFirstLine, readLastLine } from './bundle.ts';
import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import { hashEntry, noHash } from './entry.ts';
import { emptyTree, grow, rootOf } from './merkle.ts';
import { isSignedBy, type NoteVerifier, readNote, readVerifier } from './note.ts';

/** What a verifier has got elsewhere than from the log's keeper. */
export interface Independent {
  /** The log's public key, in the text form of a note verifier; without it the bundle's own is believed. */
  readonly key?: string | undefined;
  /** A signed checkpoint that was kept outside; without it nothing shows that the log was not rewritten as a whole. */
  readonly head?: string | undefined;
  /** Public keys of approvers; with them an approval by any other key does not hold. */
  readonly approvers?: readonly string[] | undefined;
}

/** What was found to hold. */
export interface Verdict {
  readonly origin: string;
  readonly entries: number;
  /** Hexadecimal. */
  readonly root: string;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  /** Whether the key came from elsewhere or from the bundle itself. */
  readonly key: 'given' | 'bundle';
  /** How many entries the independent head vouches for; null where there was none. */
  readonly headSize: number | null;
  /** How many approvals the trail holds, each with a signature that is good. */
  readonly approvals: number;
}

/**
 * Verifies an exported log, line by line and in constant memory: every entry is canonical and names the one before, none
 * is missing at either end, the root is the one that the checkpoint signs, an independent head is one of its past, and every
 * approval in it was signed by a person's key over what the entry says.
 * @throws Fault `audit-unreadable` where it is no bundle, `audit-broken` where something does not hold, naming the line
 */
export async function verifyBundle(lines: AsyncIterable<string>, { key, head, approvers = [] }: Independent): Promise<Verdict> {
  const approvals = createApprovalCheck(approvers);
  let first = null as BundleHead | null; // set by the first line, as are the next two
  let final = null as Checkpoint | null;
  let verifier = null as NoteVerifier | null;
  let kept = null as Checkpoint | null;
  let keptRoot = null as Uint8Array | null;
  let tree = emptyTree;
  let prev = noHash;
  let [firstAt, lastAt] = [null as string | null, null as string | null];
  let line = 0;

  for await (const text of lines) {
    line += 1;
    if (first === null) begin(text);
    else if (final !== null) throw new Fault('audit-unreadable', { line, reason: 'something stands behind the checkpoint' });
    else if (text.startsWith('{"checkpoint":')) final = signed(readLastLine(text, line), 'the checkpoint');
    else take(text, first);
  }
  if (first === null) throw new Fault('audit-unreadable', { reason: 'it is empty' });
  if (final === null) throw new Fault('audit-broken', { line, reason: 'it ends without a checkpoint: its tail was cut off' });
  if (final.size !== tree.size) throw new Fault('audit-broken', { line, reason: `the checkpoint is over ${final.size} entries, here are ${tree.size}` });
  if (!isSame(final.root, rootOf(tree))) throw new Fault('audit-broken', { line, reason: 'the checkpoint signs another content' });
  if (kept !== null && keptRoot === null) throw new Fault('audit-broken', { line, reason: `the independent head is over ${kept.size} entries: the log was cut or begun anew` });
  if (kept !== null && keptRoot !== null && !isSame(kept.root, keptRoot)) throw new Fault('audit-broken', { reason: `the first ${kept.size} entries are not those of the independent head` });
  return { origin: first.origin, entries: tree.size, root: Buffer.from(final.root).toString('hex'), firstAt, lastAt, key: key === undefined ? 'bundle' : 'given', headSize: kept?.size ?? null, approvals: approvals.checked };

  function begin(text: string): void {
    first = readFirstLine(text);
    verifier = readVerifier(first.verifier);
    if (verifier === null) throw new Fault('audit-unreadable', { reason: 'the public key is not in the form name+id+key' });
    if (key !== undefined && key.trim() !== first.verifier) throw new Fault('audit-broken', { reason: 'it names another key than the one given' });
    if (verifier.name !== first.origin) throw new Fault('audit-broken', { reason: 'the key is that of another log', log: first.origin, key: verifier.name });
    if (head === undefined) return;
    kept = signed(head, 'the independent head');
    if (kept.size === 0) keptRoot = rootOf(emptyTree);
  }

  function take(text: string, { tenant }: BundleHead): void {
    const entry = readEntryLine(text, line);
    if (entry.tenant !== tenant) throw new Fault('audit-broken', { line, reason: 'an entry of another tenant' });
    if (entry.seq !== tree.size + 1) throw new Fault('audit-broken', { line, reason: `entry ${tree.size + 1} is missing` });
    if (entry.prev !== prev) throw new Fault('audit-broken', { line, reason: `entry ${entry.seq} does not follow the one before it: one of the two was changed` });
    const flaw = approvals.take(entry);
    if (flaw !== null) throw new Fault('audit-broken', { line, reason: flaw });
    prev = hashEntry(text);
    tree = grow(tree, Buffer.from(text));
    firstAt ??= entry.at;
    lastAt = entry.at;
    if (kept?.size === tree.size) keptRoot = rootOf(tree);
  }

  function signed(note: string, what: string): Checkpoint {
    const opened = readNote(note);
    const checkpoint = opened === null ? null : readCheckpoint(opened.text);
    if (opened === null || checkpoint === null) throw new Fault('audit-unreadable', { reason: `${what} is no signed checkpoint` });
    if (checkpoint.origin !== first?.origin) throw new Fault('audit-broken', { reason: `${what} is that of another log`, log: first?.origin, head: checkpoint.origin });
    if (verifier === null || !isSignedBy(opened, verifier)) throw new Fault('audit-broken', { reason: `${what} is not signed by the log's key` });
    return checkpoint;
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
