import type { SignedApproval } from '#proto/domain/approval.ts';
import { capabilities } from '#proto/domain/capability.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import type { StepOrderDelivery } from '#proto/domain/order.ts';
import type { TenantTx } from '../../store/tenant-tx.ts';
import { stillSigned } from './standing-approvals.ts';

/** An order that lies ready, by its agent. */
export interface WaitingStep {
  readonly agent: AgentId;
  readonly order: StepOrderDelivery;
}

/** Step orders as the link sees them: durable, offered with every session until the agent says that it has them. */
export interface StepOrders {
  /** What these agents have not confirmed; from now on each counts as offered. Agents that cannot run steps get none. */
  waiting(tx: TenantTx, agents: readonly AgentId[]): Promise<readonly WaitingStep[]>;
  /** Orders that these agents may have and that are to end. */
  cancelled(tx: TenantTx, agents: readonly AgentId[]): Promise<readonly { readonly agent: AgentId; readonly orderId: string }[]>;
  received(tx: TenantTx, agent: AgentId, orderId: string): Promise<void>;
}

export function createStepOrders({ clock }: { readonly clock: () => number }): StepOrders {
  return { waiting, cancelled, received };

  async function waiting(tx: TenantTx, agents: readonly AgentId[]): Promise<readonly WaitingStep[]> {
    const { rows } = await tx.query<{ id: string; agent: AgentId; envelope: Uint8Array; nonce: string }>(
      `update step_order set offered_at = coalesce(offered_at, $2)
       where agent = any($1) and delivered_at is null and ended_at is null and cancelled_at is null and not_after > $2
         and $3 = any(coalesce((select session.capabilities from agent_session session where session.agent = step_order.agent order by session.epoch desc limit 1), '{}'))
       returning id, agent, envelope, nonce`,
      [agents, new Date(clock()), capabilities.steps],
    );
    if (rows.length === 0) return [];
    const signed = await signedFor(tx, rows.map(({ nonce }) => nonce));
    return rows.map(({ id, agent, envelope, nonce }) => ({ agent, order: { kind: 'step', id, envelope, approvals: signed.get(nonce) ?? [] } }));
  }

  async function received(tx: TenantTx, agent: AgentId, orderId: string): Promise<void> {
    await tx.query('update step_order set delivered_at = $3 where id = $1 and agent = $2 and delivered_at is null', [orderId, agent, new Date(clock())]);
  }
}

async function cancelled(tx: TenantTx, agents: readonly AgentId[]): Promise<readonly { readonly agent: AgentId; readonly orderId: string }[]> {
  const { rows } = await tx.query<{ agent: AgentId; orderId: string }>(
    'select agent, id as "orderId" from step_order where agent = any($1) and cancelled_at is not null and offered_at is not null and ended_at is null',
    [agents],
  );
  return rows;
}

async function signedFor(tx: TenantTx, nonces: readonly string[]): Promise<ReadonlyMap<string, readonly SignedApproval[]>> {
  const { rows } = await tx.query<{ nonce: string; statement: Uint8Array; signature: Uint8Array }>(
    `select nonce, statement, signature from approval a where nonce = any($1) and ${stillSigned} order by decided_at, approver`,
    [nonces],
  );
  return Map.groupBy(rows, ({ nonce }) => nonce);
}
