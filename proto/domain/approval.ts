import { z } from 'zod';
import { canonicalBytes, isCanonical } from './canonical.ts';
import { Fault } from './fault.ts';
import { Hash, Moment, type StepOrder, Uuid } from './step-order.ts';
import { Name } from './step-plan.ts';
import { stepParts } from './step-run.ts';

/**
 * What an approver signs: that this plan may run once, as this step of this execution, on this agent, until then.
 * The signature is Ed25519 over the canonical bytes; the control plane relays it and cannot make one.
 */
export const Approval = z.strictObject({
  schema: z.literal('dd0c.approval/v1'),
  tenant: Uuid,
  agent: Uuid,
  execution: Uuid,
  step: Name,
  part: z.enum(stepParts),
  planHash: Hash,
  nonce: Hash,
  notAfterMs: Moment,
  /** The id of whoever asked for it, as the approver was told: nobody can be put in their place afterwards. */
  requester: z.string().min(1).max(128),
  keyId: Hash,
});
export type Approval = z.infer<typeof Approval>;

/** An approval on its way: the very bytes that were signed. */
export interface SignedApproval {
  readonly statement: Uint8Array;
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

/** An order takes no more approvals than this. */
export const maxApprovals = 8;
export const maxStatementBytes = 4_096;

export function approvalBytes(approval: Approval): Buffer {
  return canonicalBytes(approval);
}

/**
 * Reads what was signed. Whether the signature is that of the named key is for the caller to check, over these bytes.
 * @throws Fault `approval-invalid`
 */
export function readApproval(statement: Uint8Array): Approval {
  if (statement.length > maxStatementBytes || !isCanonical(statement)) throw new Fault('approval-invalid', { reason: 'not canonical JSON' });
  const parsed = Approval.safeParse(JSON.parse(Buffer.from(statement).toString('utf8')));
  if (!parsed.success) throw new Fault('approval-invalid', { field: parsed.error.issues[0]?.path.join('.'), reason: parsed.error.issues[0]?.message });
  return parsed.data;
}

/** The first thing in which an approval is for something else than an order, or null where it is for this one. */
export function whyNotFor(approval: Approval, order: StepOrder, nowMs: number): string | null {
  const bound = ['tenant', 'agent', 'execution', 'part', 'planHash', 'nonce'] as const;
  for (const field of bound) if (approval[field] !== order[field]) return `it is for another ${field}`;
  if (approval.step !== order.plan.step.id) return 'it is for another step';
  if (approval.requester !== order.requester.id) return 'it is for another requester';
  return approval.notAfterMs < nowMs ? 'it has expired' : null;
}
