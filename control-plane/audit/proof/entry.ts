import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { isJson } from '#proto/domain/json.ts';

/** What stands before the first entry. */
export const noHash = '0'.repeat(64);

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** One thing that happened. Each names the hash of the one before it, so that none can be changed, taken out or put between. */
export const AuditEntry = z.strictObject({
  /** RFC 3339 in UTC. */
  at: z.iso.datetime(),
  /** Ids, counts, hashes and signatures; never a secret. */
  body: z.unknown().refine(isJson, 'JSON'),
  /** SHA-256 over the bytes of the entry before, hexadecimal; zeros for the first. */
  prev: hash,
  /** From 1, without gaps, within the tenant. */
  seq: z.int().positive(),
  tenant: z.uuid(),
  /** `<feature>.<what>`. */
  topic: z.string().min(1),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/**
 * An entry as the text that is hashed, stored and exported: canonical JSON (RFC 8785), so that whoever writes the same
 * entry writes the same bytes.
 */
export function writeEntry(entry: AuditEntry): string {
  const text = canonicalize(entry);
  if (text === undefined) throw new TypeError('an entry is JSON');
  return text;
}

/** SHA-256 of an entry's text in UTF-8, hexadecimal: the `prev` of the next one. */
export function hashEntry(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
