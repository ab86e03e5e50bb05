import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import { type Page, readCursor, toPage, writeCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { asSystem, asTenant, type TenantTx } from '../store/tenant-tx.ts';
import type { CertificateRecord } from './issuer.ts';

/** A certificate as an operator sees it. Times are RFC 3339. */
export interface Certificate {
  readonly serial: string;
  readonly subject: string;
  readonly agent: AgentId;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly revokedAt: string | null;
}

/** A certificate of the installation itself. */
export interface OwnRecord extends CertificateRecord {
  readonly role: 'root' | 'agents' | 'servers' | 'server';
}

/** The record of everything issued. */
export interface Certificates {
  /** Those of a tenant's agents, the latest first. */
  listCertificates(tenant: TenantId, page: PageQuery): Promise<Page<Certificate>>;
  /** Root, intermediates, servers; those that are known already are left as they are. */
  recordOwn(records: readonly OwnRecord[]): Promise<void>;
}

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface Row {
  readonly serial: string;
  readonly subject: string;
  readonly agent: AgentId;
  readonly not_before: Date;
  readonly not_after: Date;
  readonly issued_at: Date;
  readonly revoked_at: Date | null;
}

const list = 'certificates';

export function createCertificates({ db, clock }: { readonly db: Database; readonly clock: () => number }): Certificates {
  return { listCertificates, recordOwn };

  async function listCertificates(tenant: TenantId, { limit, cursor }: PageQuery): Promise<Page<Certificate>> {
    const [at, before] = cursor === undefined ? ['infinity', ''] : readCursor(list, cursor);
    const { rows } = await asTenant(db, tenant, (tx) =>
      tx.query<Row>('select * from certificate where (issued_at, serial) < ($1, $2) order by issued_at desc, serial desc limit $3', [at, before, limit + 1]),
    );
    return toPage(rows, limit, toCertificate, (row) => writeCursor(list, [row.issued_at.toISOString(), row.serial]));
  }

  async function recordOwn(records: readonly OwnRecord[]): Promise<void> {
    await asSystem(db, async (tx) => {
      for (const { serial, role, subject, keyHash, fingerprint, notBefore, notAfter } of records) {
        await tx.query(
          `insert into own_certificate (serial, role, subject, key_hash, fingerprint, not_before, not_after, recorded_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
          [serial, role, subject, keyHash, fingerprint, notBefore, notAfter, new Date(clock())],
        );
      }
    });
  }
}

/** What was issued, to whom, as which generation. */
export interface NewRecord {
  readonly tenant: TenantId;
  readonly agent: AgentId;
  readonly generation: number;
  readonly issued: CertificateRecord;
  readonly now: Date;
}

/** Records what was issued to an agent, in the transaction in which it was. */
export async function recordIssued(tx: TenantTx, { tenant, agent, generation, issued, now }: NewRecord): Promise<void> {
  await tx.query(
    `insert into certificate (tenant, serial, agent, generation, subject, key_hash, fingerprint, not_before, not_after, issued_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [tenant, issued.serial, agent, generation, issued.subject, issued.keyHash, issued.fingerprint, issued.notBefore, issued.notAfter, now],
  );
}

function toCertificate(row: Row): Certificate {
  return {
    serial: row.serial,
    subject: row.subject,
    agent: row.agent,
    notBefore: row.not_before.toISOString(),
    notAfter: row.not_after.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
