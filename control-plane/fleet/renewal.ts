import { Fault } from '#proto/domain/fault.ts';
import type { AgentIdentity } from '#proto/domain/identity.ts';
import type { Database } from '../store/database.ts';
import { asTenant, type TenantTx } from '../store/tenant-tx.ts';
import { admit } from './agents.ts';
import { recordIssued } from './certificates.ts';
import type { Generations } from './generations.ts';
import type { Issued, Issuer, Trust } from './issuer.ts';

/** A successor, and what its holder trusts from now on. */
export interface Renewed {
  readonly serial: string;
  /** DER: the certificate, then its intermediate. */
  readonly certificateChain: readonly Uint8Array[];
  readonly trust: Trust;
}

/** How an agent says that it is still there. */
export interface RenewalRequest {
  readonly identity: AgentIdentity;
  /** Of the certificate that it shows. */
  readonly serial: string;
  /** PKCS #10 in DER, for the new key. */
  readonly csr: Uint8Array;
  readonly remoteAddress: string;
}

export interface Renewal {
  /**
   * Issues the successor of a certificate. An agent whose certificate turns out to be a copy is locked.
   * @throws Fault `csr-invalid`, `agent-locked`, `agent-removed`, `agent-cloned`, `certificate-unknown`,
   *   `certificate-revoked`, `renewal-limited`
   */
  renew(request: RenewalRequest): Promise<Renewed>;
}

export interface RenewalOptions {
  readonly db: Database;
  readonly issuer: Issuer;
  readonly generations: Generations;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** An agent needs two a day; what lost answers and restarts ask for again stays far below. */
const mostAnHour = 20;

export function createRenewal({ db, issuer, generations, clock }: RenewalOptions): Renewal {
  return { renew };

  async function renew({ identity: { tenant, agent }, serial, csr, remoteAddress }: RenewalRequest): Promise<Renewed> {
    const request = await issuer.acceptRequest(csr); // outside the transaction: others wait for that
    const now = new Date(clock());
    const answer = await asTenant(db, tenant, async (tx): Promise<Issued | Fault> => {
      await tx.query('select from agent where id = $1 for update', [agent]);
      await admit(tx, agent);
      const copied = await generations.use(tx, { agent, serial, remoteAddress }, now);
      if (copied !== null) return copied;
      const generation = await nextGeneration(tx, agent, now);
      const issued = await request.issueFor(tenant, agent);
      await recordIssued(tx, { tenant, agent, generation, issued, now });
      return issued;
    });
    if (answer instanceof Fault) throw answer;
    return { serial: answer.serial, certificateChain: answer.chain, trust: answer.trust };
  }
}

/**
 * Of the certificate that an agent is to get next.
 * @throws Fault `renewal-limited`
 */
export async function nextGeneration(tx: TenantTx, agent: AgentIdentity['agent'], now: Date): Promise<number> {
  const { rows } = await tx.query<{ generation: number; lately: number }>(
    `select a.generation + 1 as generation, (select count(*) from certificate c where c.agent = a.id and c.issued_at > $2) as lately from agent a where a.id = $1`,
    [agent, new Date(now.getTime() - 3_600_000)],
  );
  const { generation = 1, lately = 0 } = rows[0] ?? {};
  if (lately >= mostAnHour) throw new Fault('renewal-limited', { agent, lately, most: mostAnHour });
  return generation;
}
