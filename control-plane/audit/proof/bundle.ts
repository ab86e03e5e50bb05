import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { AuditEntry, writeEntry } from './entry.ts';

/** The first line of an exported log: which one it is, and its public key. */
export const BundleHead = z.object({
  schema: z.literal('dd0c.audit/v1'),
  tenant: z.uuid(),
  origin: z.string().min(1),
  verifier: z.string().min(1),
});
export type BundleHead = z.infer<typeof BundleHead>;

const LastLine = z.strictObject({ checkpoint: z.string() });

/** A log's signed head, and whose it is. */
export interface SignedHead extends Omit<BundleHead, 'schema'> {
  readonly size: number;
  /** The signed checkpoint over the first `size` entries. */
  readonly note: string;
}

/** As many entries as are asked for at once. */
const pageSize = 1_000;

/**
 * The lines of an exported log, without their newlines: a head, each entry's text exactly as it was hashed, and the signed
 * checkpoint over all of them. `page` answers entries behind a number, the oldest first.
 */
export async function* exportLines(
  { tenant, origin, verifier, size, note }: SignedHead,
  page: (after: number, limit: number) => Promise<readonly { readonly seq: number; readonly line: string }[]>,
): AsyncGenerator<string> {
  yield writeFirstLine({ schema: 'dd0c.audit/v1', tenant, origin, verifier });
  for (let after = 0; after < size; ) {
    const entries = await page(after, Math.min(pageSize, size - after));
    if (entries.length === 0) break; // the verifier says what is missing
    for (const { line } of entries) yield line;
    after = entries.at(-1)?.seq ?? size;
  }
  yield writeLastLine(note);
}

export function writeFirstLine(head: BundleHead): string {
  return JSON.stringify(head);
}

export function writeLastLine(checkpoint: string): string {
  return JSON.stringify({ checkpoint });
}

/** @throws Fault `audit-unreadable` */
export function readFirstLine(text: string): BundleHead {
  const head = BundleHead.safeParse(parse(text));
  if (!head.success) throw new Fault('audit-unreadable', { line: 1, reason: 'it does not begin as an exported audit log does' }, { cause: head.error });
  return head.data;
}

/** @throws Fault `audit-broken` */
export function readEntryLine(text: string, line: number): AuditEntry {
  const entry = AuditEntry.safeParse(parse(text));
  if (!entry.success) throw new Fault('audit-broken', { line, reason: 'it is no entry' }, { cause: entry.error });
  if (writeEntry(entry.data) !== text) throw new Fault('audit-broken', { line, reason: 'it is not in canonical form: its text was written anew' });
  return entry.data;
}

/** @throws Fault `audit-unreadable` */
export function readLastLine(text: string, line: number): string {
  const last = LastLine.safeParse(parse(text));
  if (!last.success) throw new Fault('audit-unreadable', { line, reason: 'it is no checkpoint' }, { cause: last.error });
  return last.data.checkpoint;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
