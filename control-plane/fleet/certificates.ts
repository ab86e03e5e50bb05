import { Fault } from '#proto/domain/fault.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import { type Page, readCursor, toPage, writeCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { publish } from '../store/outbox.ts';
import { asSystem, asTenant, type TenantTx } from '../store/tenant-tx.ts';
import type { CertificateRecord, Issued } from './issuer.ts';

/** A certificate as an operator sees it. Times are RFC 3339. */
export interface Certificate {
  readonly serial: string;
  readonly subject: string;
  readonly agent: AgentId;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly revokedAt: string | null;
  /** 1 at enrolment, one more with each renewal. */
  readonly generation: number;
  /** SHA-256 of the certificate in DER, hexadecimal. */
  readonly fingerprint: string;
}

/** A certificate of the installation itself. */
export interface OwnRecord extends CertificateRecord {
  readonly role: 'root' | 'agents' | 'servers' | 'server';
}

/** The record of everything issued. */
export interface Certificates {
  /** Those of a tenant's agents, the latest first. */
  listCertificates(tenant: TenantId, page: PageQuery): Promise<Page<Certificate>>;
  /** @throws Fault `not-found` */
  getCertificate(tenant: TenantId, serial: string): Promise<Certificate>;
  /**
   * Makes one certificate useless, for good, and ends the stream of its agent. The agent comes back where it has another.
   * `by` is the API token that asks, for the audit trail.
   * @throws Fault `not-found`
   */
  revokeCertificate(tenant: TenantId, serial: string, by?: string): Promise<Certificate>;
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
  readonly generation: number;
  readonly fingerprint: string;
}

const list = 'certificates';

export interface CertificatesOptions {
  readonly db: Database;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Ends the agent's stream, if there is one, with this reason. Called after the commit. */
  readonly cut: (agent: AgentId, reason: Fault) => void;
}

export function createCertificates({ db, clock, cut }: CertificatesOptions): Certificates {
  return { listCertificates, getCertificate, revokeCertificate, recordOwn };

  async function getCertificate(tenant: TenantId, serial: string): Promise<Certificate> {
    const { rows } = await asTenant(db, tenant, (tx) => tx.query<Row>('select * from certificate where serial = $1', [serial]));
    const [row] = rows;
    if (row === undefined) throw new Fault('not-found', { serial });
    return toCertificate(row);
  }

  async function revokeCertificate(tenant: TenantId, serial: string, by?: string): Promise<Certificate> {
    const now = new Date(clock());
    const certificate = await asTenant(db, tenant, async (tx) => {
      const { rows } = await tx.query<Row>('update certificate set revoked_at = coalesce(revoked_at, $2) where serial = $1 returning *', [serial, now]);
      const [row] = rows;
      if (row === undefined) throw new Fault('not-found', { serial });
      await publish(tx, { topic: 'fleet.certificate-revoked', body: { serial, agent: row.agent, by: by ?? null }, createdAt: now });
      return toCertificate(row);
    });
    cut(certificate.agent, new Fault('certificate-revoked', { serial }));
    return certificate;
  }

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
  readonly issued: CertificateRecord & Pick<Issued, 'root' | 'trust'>;
  readonly now: Date;
}

/** Records what was issued to an agent, in the transaction in which it was. */
export async function recordIssued(tx: TenantTx, { tenant, agent, generation, issued, now }: NewRecord): Promise<void> {
  await tx.query(
    `insert into certificate (tenant, serial, agent, generation, subject, key_hash, fingerprint, not_before, not_after, issued_at, root, trust)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [tenant, issued.serial, agent, generation, issued.subject, issued.keyHash, issued.fingerprint, issued.notBefore, issued.notAfter, now, issued.root, issued.trust.fingerprint],
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
    generation: row.generation,
    fingerprint: row.fingerprint,
  };
}
