import type { AgentIdentity } from '#proto/domain/identity.ts';
import type { Database } from '../store/database.ts';
import { publish } from '../store/outbox.ts';
import { asTenant } from '../store/tenant-tx.ts';
import type { CertificateRecord } from './issuer.ts';

/**
 * Takes a certificate into the record that is missing there because the database was put back to an older copy, before it
 * is judged like any other. Does nothing where nobody said that it was.
 */
export type Adopt = (identity: AgentIdentity, record: () => CertificateRecord) => Promise<void>;

export interface AdoptionOptions {
  readonly db: Database;
  /** When somebody said that the database had been put back, RFC 3339. */
  readonly restoredAt: () => string | null;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** What was issued before the copy was put back has run out after so long. */
const windowMs = 25 * 3_600_000;

/**
 * A certificate is adopted when it began before the copy was put back, its agent is known, and it is not older than the
 * one which that agent is known to have used (times in certificates are whole seconds). So each agent goes forward only, and
 * an older copy of its keys stays a copy.
 */
export function createAdoption({ db, restoredAt, clock }: AdoptionOptions): Adopt {
  return async ({ tenant, agent }, record) => {
    const restored = restoredAt();
    const now = new Date(clock());
    if (restored === null || now.getTime() > Date.parse(restored) + windowMs) return;
    const shown = record();
    if (shown.notBefore.getTime() >= Date.parse(restored)) return;
    await asTenant(db, tenant, async (tx) => {
      await tx.query('select from agent where id = $1 for update', [agent]);
      const { rows } = await tx.query<{ generation: number }>(
        `select greatest(a.generation, max(c.generation)) + 1 as generation
         from agent a join certificate c on c.agent = a.id
         where a.id = $1 and a.removed_at is null and not exists (select from certificate known where known.serial = $2)
         group by a.id, a.generation
         having coalesce(max(c.not_before) filter (where c.generation <= a.generation), '-infinity') <= $3`,
        [agent, shown.serial, shown.notBefore],
      );
      const [row] = rows;
      if (row === undefined) return; // known, or of nobody, or a copy: it is judged as it stands
      await tx.query(
        `insert into certificate (tenant, serial, agent, generation, subject, key_hash, fingerprint, not_before, not_after, issued_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [tenant, shown.serial, agent, row.generation, shown.subject, shown.keyHash, shown.fingerprint, shown.notBefore, shown.notAfter, now],
      );
      await publish(tx, { topic: 'fleet.certificate-adopted', body: { agent, serial: shown.serial, fingerprint: shown.fingerprint, generation: row.generation }, createdAt: now });
    });
  };
}
