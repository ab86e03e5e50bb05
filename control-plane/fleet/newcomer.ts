import { Fault } from '#proto/domain/fault.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import type { TenantTx } from '../store/tenant-tx.ts';
import { admit } from './agents.ts';
import type { Labels } from './join-tokens.ts';

/** A host at the door, whose key is proven. */
export interface Newcomer {
  /** SHA-256 of the SubjectPublicKeyInfo in DER. */
  readonly keyHash: Uint8Array;
  /** SubjectPublicKeyInfo in DER, or null where it gave none. */
  readonly recoveryKey: Uint8Array | null;
  readonly hostname: string;
  readonly version: string;
  readonly remoteAddress: string;
  readonly now: Date;
}

/** A lost answer is asked for again some times; more than this in an hour only fills the record. */
const mostAnHour = 20;

/** Writes a new agent down. */
export async function addAgent(tx: TenantTx, { tenant, agent, labels }: { tenant: TenantId; agent: AgentId; labels: Labels }, { hostname, version, recoveryKey, now }: Newcomer): Promise<void> {
  await tx.query(
    'insert into agent (tenant, id, name, hostname, version, enrolled_at, labels, recovery_key) values ($1, $2, $3, $3, $4, $5, $6::jsonb, $7)',
    [tenant, agent, hostname, version, now, JSON.stringify(labels), recoveryKey],
  );
}

/**
 * Lets an agent whose key is known enrol once more.
 * @throws Fault `agent-locked`, `agent-removed`, `join-limited`
 */
export async function readmit(tx: TenantTx, agent: AgentId, { hostname, version, recoveryKey, now }: Newcomer): Promise<void> {
  await admit(tx, agent);
  const { rows } = await tx.query<{ lately: number }>('select count(*)::int as lately from certificate where agent = $1 and issued_at > $2', [agent, new Date(now.getTime() - 3_600_000)]);
  const { lately = 0 } = rows[0] ?? {};
  if (lately >= mostAnHour) throw new Fault('join-limited', { agent, lately, most: mostAnHour });
  await tx.query('update agent set hostname = $2, version = $3, recovery_key = coalesce($4, recovery_key) where id = $1', [agent, hostname, version, recoveryKey]);
}
