import type { AgentId } from '#proto/domain/identity.ts';
import type { TenantTx } from '../store/tenant-tx.ts';

/** Notes which roots an agent trusts; null where nothing is known, which changes nothing. */
export async function noteTrust(tx: TenantTx, agent: AgentId, fingerprint: string | null, now: Date): Promise<void> {
  await tx.query('update agent set trust = $2, trust_at = $3 where id = $1 and $2::text is not null and trust is distinct from $2', [agent, fingerprint, now]);
}

/** What was given with a certificate, for an agent that is too old to say what it has: who uses the one has kept the other. */
export async function trustGivenWith(tx: TenantTx, serial: string): Promise<string | null> {
  const { rows } = await tx.query<{ trust: string | null }>('select trust from certificate where serial = $1', [serial]);
  return rows[0]?.trust ?? null;
}
