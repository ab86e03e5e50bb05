import { z } from 'zod';
import type { AgentId } from '#proto/domain/identity.ts';
import type { ScanOrder } from '#proto/domain/order.ts';
import type { TenantTx } from '../store/tenant-tx.ts';

/** Orders to scan, durable until the agent says that it has them. */
export interface ScanOrders {
  /**
   * Asks an agent to scan these stacks, or with none all that it knows; the same wish that still waits is not written
   * twice. Wake the agent's session after the commit.
   */
  request(tx: TenantTx, agent: AgentId, wish: { readonly stacks: readonly string[] }): Promise<ScanOrder>;
  /** What these agents have not confirmed yet, oldest first. */
  waiting(tx: TenantTx, agents: readonly AgentId[]): Promise<readonly WaitingOrder[]>;
  received(tx: TenantTx, agent: AgentId, orderId: string): Promise<void>;
}

export interface WaitingOrder {
  readonly agent: AgentId;
  readonly order: ScanOrder;
}

export function createScanOrders({ newId, clock }: { readonly newId: () => string; readonly clock: () => number }): ScanOrders {
  return { request, waiting, received };

  async function request(tx: TenantTx, agent: AgentId, { stacks }: { readonly stacks: readonly string[] }): Promise<ScanOrder> {
    const body = JSON.stringify({ stacks });
    const { rows } = await tx.query<{ id: string }>(
      `select id from agent_order where agent = $1 and kind = 'scan' and body = $2 and delivered_at is null limit 1`,
      [agent, body],
    );
    const order: ScanOrder = { kind: 'scan', id: rows[0]?.id ?? newId(), stacks };
    await tx.query(`insert into agent_order (id, agent, kind, body, requested_at) values ($1, $2, 'scan', $3, $4) on conflict do nothing`, [order.id, agent, body, new Date(clock())]);
    return order;
  }

  async function received(tx: TenantTx, agent: AgentId, orderId: string): Promise<void> {
    await tx.query('update agent_order set delivered_at = $3 where id = $1 and agent = $2 and delivered_at is null', [orderId, agent, new Date(clock())]);
  }
}

const Body = z.object({ stacks: z.array(z.string()) });

async function waiting(tx: TenantTx, agents: readonly AgentId[]): Promise<readonly WaitingOrder[]> {
  const { rows } = await tx.query<{ id: string; agent: AgentId; body: unknown }>(
    'select id, agent, body from agent_order where agent = any($1) and delivered_at is null order by requested_at, id',
    [agents],
  );
  return rows.map(({ id, agent, body }) => ({ agent, order: { kind: 'scan', id, stacks: Body.parse(body).stacks } }));
}
