import type { Hello } from '#proto/domain/frame.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import type { TenantTx } from '../store/tenant-tx.ts';

/** Notes which roots an agent trusts; null where nothing is known, which changes nothing. */
export async function noteTrust(tx: TenantTx, agent: AgentId, fingerprint: string | null, now: Date): Promise<void> {
  await tx.query('update agent set trust = $2, trust_at = $3 where id = $1 and $2::text is not null and trust is distinct from $2', [agent, fingerprint, now]);
}

/**
 * The same for several agents that begin a session. One that is too old to say what it has, has what was given with its
 * certificate: who uses the one has kept the other.
 */
export async function noteTrustOf(tx: TenantTx, agents: readonly { readonly agent: AgentId; readonly serial: string; readonly hello: Pick<Hello, 'trust'> }[], now: Date): Promise<void> {
  await tx.query(
    `update agent a set trust = said.trust, trust_at = $4
     from (
       select asked.agent, coalesce(asked.trust, c.trust) as trust from unnest($1::uuid[], $2::text[], $3::text[]) as asked (agent, serial, trust)
       left join certificate c on c.serial = asked.serial and c.serial = any($2) and c.agent = asked.agent
     ) said
     where a.id = said.agent and a.id = any($1) and said.trust is not null and a.trust is distinct from said.trust`,
    [agents.map(({ agent }) => agent), agents.map(({ serial }) => serial), agents.map(({ hello }) => hello.trust ?? null), now],
  );
}
