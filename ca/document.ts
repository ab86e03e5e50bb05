import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';

const moment = z.iso.datetime();
const pem = z.string().startsWith('-----BEGIN CERTIFICATE-----');

/** An authority below a root; the newest of a kind issues. */
const Intermediate = z.object({
  /** The name of its key. */
  key: z.string(),
  certificate: pem,
  /** When another took its place; what it issued until then is still good. */
  replacedAt: moment.nullable(),
});
export type Intermediate = z.infer<typeof Intermediate>;

/** One root and what stands below it. */
const Hierarchy = z.object({
  /** The name of the root's key, which may be elsewhere. */
  rootKey: z.string(),
  root: pem,
  /** The root's key and names under the signature of the root before: by it agents believe that it succeeds that one. */
  voucher: pem.nullable(),
  agents: z.array(Intermediate),
  servers: z.array(Intermediate),
});
export type Hierarchy = z.infer<typeof Hierarchy>;

/** What the intermediates are for. */
export const roles = ['agents', 'servers'] as const;
export type IntermediateRole = (typeof roles)[number];

const Rotation = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('steady') }),
  z.object({ phase: z.literal('prepared'), since: moment }),
  z.object({ phase: z.literal('trusting'), since: moment, hasIssued: z.boolean() }),
  z.object({ phase: z.literal('issuing'), since: moment }),
]);

/** An intermediate whose key is here and whose certificate a root elsewhere has yet to sign. */
const PendingRequest = z.object({ role: z.enum(roles), key: z.string(), rootKey: z.string(), requestedAt: moment });
export type PendingRequest = z.infer<typeof PendingRequest>;

/**
 * Everything that an authority is, as one value: it changes as a whole or not at all, and is kept sealed.
 */
export const AuthorityDocument = z.object({
  schema: z.literal('dd0c.authority/v1'),
  /** SPIFFE-ID, section 2.1. */
  trustDomain: z.string().regex(/^[a-z0-9._-]{1,255}$/),
  current: Hierarchy,
  /** The root that is to take over; there is one in every phase but `steady`. */
  successor: Hierarchy.nullable(),
  rotation: Rotation,
  requests: z.array(PendingRequest),
  /** Private keys (PKCS #8 in DER, base64) by their names. */
  keys: z.record(z.string(), z.base64()),
  /** When the key of a root was last written to a file, by its name. */
  exported: z.record(z.string(), moment),
  /** When somebody last said that the database had been put back to an older copy. */
  restoredAt: moment.nullable(),
});
export type AuthorityDocument = z.infer<typeof AuthorityDocument>;

/** @throws Fault `authority-unreadable` */
export function parseDocument(bytes: Uint8Array): AuthorityDocument {
  try {
    return AuthorityDocument.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (cause) {
    throw new Fault('authority-unreadable', { reason: 'it is of another version' }, { cause });
  }
}

export function writeDocument(document: AuthorityDocument): Uint8Array {
  return Buffer.from(JSON.stringify(document));
}
