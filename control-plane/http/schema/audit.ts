import { z } from 'zod';
import { moment, uuid } from './page.ts';

/** Which entries a client asks for. */
export const AuditQuery = z.object({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0).describe('The number of the last entry that is known already; 0 begins with the first'),
  limit: z.coerce.number().int().min(1).max(1_000).default(100).describe('How many to answer at most'),
});

const AuditEntry = z
  .object({
    seq: z.number().int().describe('From 1, without gaps'),
    at: moment,
    topic: z.string().describe('What happened, as in fleet.agent-locked'),
    body: z.unknown(),
    hash: z.string().describe('SHA-256 of `line`, hexadecimal; the next entry names it'),
    line: z.string().describe('The entry as canonical JSON (RFC 8785): the very text that is hashed'),
  })
  .meta({ id: 'AuditEntry' });

export const AuditEntries = z.object({ entries: z.array(AuditEntry) }).meta({ id: 'AuditEntries' });

export const AuditCheckpoint = z
  .object({
    tenant: uuid,
    origin: z.string().describe('The one name of this log'),
    size: z.number().int().describe('How many entries it is over'),
    verifier: z.string().describe('The public key, as name+id+key'),
    note: z.string().describe('The signed checkpoint (C2SP tlog-checkpoint in a signed note); keep it somewhere else'),
  })
  .meta({ id: 'AuditCheckpoint' });
