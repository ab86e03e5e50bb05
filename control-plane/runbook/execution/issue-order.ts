import { hashPlan } from '#proto/domain/step-plan.ts';
import { writeStepOrder } from '#proto/domain/step-order.ts';
import { sha256 } from '#proto/domain/canonical.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import type { TenantTx } from '../../store/tenant-tx.ts';
import type { ExecutionRow, StepRow } from './rows.ts';
import type { Ending, Lease } from './state.ts';
import { stillSigned } from './standing-approvals.ts';

/** An order that needs no approval is to be begun within this; one that was approved, until the first of its approvals expires. */
const beginWithinMs = 15 * 60_000;

/** What an agent may take beyond a step's own limit before it counts as lost: it ends, scrubs and spools. */
const graceMs = 2 * 60_000;

export interface Issue {
  readonly tenant: TenantId;
  readonly execution: ExecutionRow;
  readonly step: StepRow;
  readonly nonce: string;
  readonly lease: Lease;
  readonly nowMs: number;
}

/** Writes an order down, ready to be offered; answers the hash of its envelope. */
export async function issueOrder(tx: TenantTx, { tenant, execution, step, nonce, lease: { lease, attempt }, nowMs }: Issue): Promise<string> {
  const notAfterMs = (await approvedUntil(tx, nonce)) ?? nowMs + beginWithinMs;
  const envelope = writeStepOrder({
    schema: 'dd0c.step-order/v1',
    tenant,
    agent: execution.agent,
    execution: execution.id,
    part: step.part,
    plan: step.plan,
    planHash: hashPlan(step.plan),
    attempt,
    lease,
    nonce,
    issuedAtMs: nowMs,
    notAfterMs,
    requester: { id: execution.requester, name: execution.requester_name },
  });
  await tx.query(
    `insert into step_order (id, agent, execution, position, attempt, nonce, envelope, issued_at, not_after, overdue_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [lease, execution.agent, execution.id, step.position, attempt, nonce, envelope, new Date(nowMs), new Date(notAfterMs), overdue(notAfterMs, step)],
  );
  return sha256(envelope);
}

/** The agent began: from now on the time of the step itself counts. */
export async function noteBegun(tx: TenantTx, lease: string, step: StepRow, at: Date): Promise<void> {
  await tx.query('update step_order set begun_at = coalesce(begun_at, $2), delivered_at = coalesce(delivered_at, $2), overdue_at = $3 where id = $1', [lease, at, overdue(at.getTime(), step)]);
}

/** What is unknown is not looked at again; the agent can still be told to end it, and still tell the truth. */
export async function closeOrder(tx: TenantTx, lease: string, how: Ending, at: Date): Promise<void> {
  if (how === 'unknown') await tx.query(`update step_order set overdue_at = 'infinity' where id = $1`, [lease]);
  else await tx.query('update step_order set ended_at = coalesce(ended_at, $2) where id = $1', [lease, at]);
}

function overdue(fromMs: number, { plan }: StepRow): Date {
  return new Date(fromMs + plan.step.limits.timeoutMs + graceMs);
}

async function approvedUntil(tx: TenantTx, nonce: string): Promise<number | null> {
  const { rows } = await tx.query<{ until: Date | null }>(`select min(not_after) as until from approval a where nonce = $1 and ${stillSigned}`, [nonce]);
  return rows[0]?.until?.getTime() ?? null;
}
