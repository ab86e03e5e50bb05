import { capabilities } from '#proto/domain/capability.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { Hello } from '#proto/domain/frame.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import type { DrainOrder } from '#proto/domain/order.ts';
import { publish } from '../store/outbox.ts';
import type { TenantTx } from '../store/tenant-tx.ts';

/**
 * Orders to finish and to end, one an agent:
 *
 *     none --asked--> waiting --the agent says that it has it--> received --the agent was started again--> none
 *
 * One that waits reaches the agent with its next session, on whichever replica.
 */
export interface DrainOrders {
  /** What these agents have not confirmed yet. */
  waiting(tx: TenantTx, agents: readonly AgentId[]): Promise<readonly { readonly agent: AgentId; readonly order: DrainOrder }[]>;
  received(tx: TenantTx, agent: AgentId, orderId: string): Promise<void>;
}

export function createDrainOrders(clock: () => number): DrainOrders {
  return {
    async waiting(tx, agents) {
      const { rows } = await tx.query<{ agent: AgentId; id: string }>('select id as agent, drain_id as id from agent where id = any($1) and drain_id is not null and drain_received_at is null', [agents]);
      return rows.map(({ agent, id }) => ({ agent, order: { kind: 'drain', id } }));
    },
    async received(tx, agent, orderId) {
      await tx.query('update agent set drain_received_at = $3 where id = $1 and drain_id = $2 and drain_received_at is null', [agent, orderId, new Date(clock())]);
    },
  };
}

/**
 * Asks an agent to drain; one that is asked already is not asked twice. Wake its session after the commit.
 * @throws Fault `not-found`, `agent-cannot-drain`
 */
export async function askToDrain(tx: TenantTx, agent: AgentId, { orderId, by, now }: { readonly orderId: string; readonly by: string | null; readonly now: Date }): Promise<void> {
  const { rows } = await tx.query<{ can: boolean; asked: boolean }>(
    `select a.drain_id is not null as asked,
       coalesce((select $2 = any(capabilities) from agent_session where agent = a.id order by epoch desc limit 1), true) as can
     from agent a where a.id = $1 and a.removed_at is null for update of a`,
    [agent, capabilities.drain],
  );
  const [row] = rows;
  if (row === undefined) throw new Fault('not-found', { agent });
  if (row.asked) return;
  if (!row.can) throw new Fault('agent-cannot-drain', { agent });
  await tx.query('update agent set drain_id = $2, drain_asked_at = $3 where id = $1', [agent, orderId, now]);
  await publish(tx, { topic: 'fleet.agent-draining', body: { agent, by }, createdAt: now });
}

/** A session of an agent that had its order, and does not say that it still drains, is one that somebody started again. */
export async function endDrain(tx: TenantTx, agent: AgentId, { draining = false }: Pick<Hello, 'draining'>, now: Date): Promise<void> {
  if (draining) return;
  const { rows } = await tx.query('update agent set drain_id = null, drain_asked_at = null, drain_received_at = null where id = $1 and drain_received_at is not null returning id', [agent]);
  if (rows.length > 0) await publish(tx, { topic: 'fleet.agent-returned', body: { agent }, createdAt: now });
}
