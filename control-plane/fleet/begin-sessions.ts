import type { Fault } from '#proto/domain/fault.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import type { TenantTx } from '../store/tenant-tx.ts';
import { agentSessions, type Opening } from './agent-sessions.ts';
import { whyShutOut } from './agents.ts';
import { endDrain } from './drain-orders.ts';
import type { Generations } from './generations.ts';
import { noteTrustOf } from './trust.ts';

/** By what right a session writes. */
export interface Lease {
  readonly epoch: number;
  /** Null where there is only one server and no lease. */
  readonly replica: string | null;
}

/** A session that has begun. */
export interface Begun extends Lease {
  /** How far the agent's spool is committed. */
  readonly throughSeq: number;
}

/** One spool of one agent, and by what right it is written. */
export interface SpoolClaim extends Lease {
  readonly agent: AgentId;
  readonly spool: string;
}

/** Makes these sessions the ones whose facts are taken, and answers in their order how far each spool is committed. */
export type ClaimSpools = (tx: TenantTx, sessions: readonly SpoolClaim[]) => Promise<readonly number[]>;

export interface Beginning {
  readonly generations: Pick<Generations, 'useAll'>;
  readonly claim: ClaimSpools;
  readonly replica: string | null;
  readonly now: Date;
}

interface Row {
  readonly agent: AgentId;
  readonly locked_at: Date | null;
  readonly removed_at: Date | null;
  readonly drain_received_at: Date | null;
  readonly trust: string | null;
}

/**
 * Begins sessions of several agents of one tenant, one each, and answers in their order. A fault is why that one did not
 * begin, and is to be committed with the others: where a certificate turned out to be a copy, its agent has been locked.
 */
export async function beginSessions(tx: TenantTx, openings: readonly Opening[], { generations, claim, replica, now }: Beginning): Promise<readonly (Begun | Fault)[]> {
  const held = await holdAgents(tx, openings);
  const refused = new Map<AgentId, Fault>();
  for (const { agent } of openings) {
    const fault = whyShutOut(agent, held.get(agent));
    if (fault !== null) refused.set(agent, fault);
  }
  for (const [agent, fault] of await generations.useAll(tx, rest(), now)) refused.set(agent, fault);

  const begin = rest();
  for (const { agent, hello } of begin) {
    if (held.get(agent)?.drain_received_at) await endDrain(tx, agent, hello, now);
  }
  const changed = begin.filter(({ agent, hello }) => hello.trust === undefined || hello.trust !== held.get(agent)?.trust);
  if (changed.length > 0) await noteTrustOf(tx, changed, now);
  const begun = begin.length === 0 ? new Map<AgentId, Begun>() : await open(begin);
  return openings.map(({ agent }) => {
    const answer = refused.get(agent) ?? begun.get(agent);
    if (answer === undefined) throw new Error('a session has no epoch');
    return answer;
  });

  function rest(): readonly Opening[] {
    return openings.filter(({ agent }) => !refused.has(agent));
  }

  async function open(some: readonly Opening[]): Promise<ReadonlyMap<AgentId, Begun>> {
    const epochs = await agentSessions(tx, now).open(some, replica);
    const claims = some.map(({ agent, hello }) => ({ agent, spool: hello.spoolId, epoch: epochs.get(agent) ?? 0, replica }));
    const reached = await claim(tx, claims);
    return new Map(claims.map(({ agent, epoch }, index) => [agent, { epoch, replica, throughSeq: reached[index] ?? 0 }]));
  }
}

/**
 * Held until the commit: two streams that arrive at once get two epochs, and whoever locks an agent waits. In one order, so
 * that servers which begin sessions of the same agents do not wait for one another; and no stronger than an update does
 * it, so that facts of the agent that are being committed, and refer to it, do not wait either.
 */
async function holdAgents(tx: TenantTx, openings: readonly Opening[]): Promise<ReadonlyMap<AgentId, Row>> {
  const { rows } = await tx.query<Row>('select id as agent, locked_at, removed_at, drain_received_at, trust from agent where id = any($1) order by id for no key update', [openings.map(({ agent }) => agent)]);
  return new Map(rows.map((row) => [row.agent, row]));
}
