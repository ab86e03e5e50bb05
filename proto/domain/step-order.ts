import { z } from 'zod';
import { canonicalBytes, isCanonical } from './canonical.ts';
import { Fault } from './fault.ts';
import { isUuid } from './identity.ts';
import { hashPlan, StepPlan } from './step-plan.ts';
import { partOf, stepParts } from './step-run.ts';

export const Uuid = z.string().refine(isUuid, 'a UUID in lower case');
export const Hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal');
export const Moment = z.number().int().positive();

/**
 * What an agent is asked to do once. Its canonical bytes travel as they are, so that what is journalled, recorded and
 * hashed is what was sent. A field that this version does not know is refused: it could be a restriction.
 */
export const StepOrder = z.strictObject({
  schema: z.literal('dd0c.step-order/v1'),
  tenant: Uuid,
  agent: Uuid,
  execution: Uuid,
  part: z.enum(stepParts),
  plan: StepPlan,
  planHash: Hash,
  /** From 1. A further attempt has an order, and a lease, of its own under the same approvals. */
  attempt: z.number().int().min(1).max(11),
  /** Fences the result: what comes under another lease or attempt than the one that counts is kept and changes nothing. */
  lease: Uuid,
  /** Of the request for approval: an agent takes each (nonce, attempt) once, and no attempt beyond the plan's retries. */
  nonce: Hash,
  /** Milliseconds since the epoch. */
  issuedAtMs: Moment,
  /** Not to be begun after it. */
  notAfterMs: Moment,
  requester: z.strictObject({ id: z.string().min(1).max(128), name: z.string().max(200) }),
});
export type StepOrder = z.infer<typeof StepOrder>;

/** 512 KiB would not fit into a frame; a plan comes nowhere near this. */
export const maxEnvelopeBytes = 256 * 1024;

export function writeStepOrder(order: StepOrder): Buffer {
  return canonicalBytes(order);
}

/**
 * Reads an envelope and checks what needs no key and no clock: that the bytes are canonical, and that the plan is the
 * one the hash names.
 * @throws Fault `order-invalid`
 */
export function readStepOrder(envelope: Uint8Array): StepOrder {
  if (envelope.length > maxEnvelopeBytes) throw new Fault('order-invalid', { reason: 'too large', bytes: envelope.length });
  if (!isCanonical(envelope)) throw new Fault('order-invalid', { reason: 'not canonical JSON' });
  const parsed = StepOrder.safeParse(JSON.parse(Buffer.from(envelope).toString('utf8')));
  if (!parsed.success) throw new Fault('order-invalid', { field: parsed.error.issues[0]?.path.join('.'), reason: parsed.error.issues[0]?.message });
  const order = parsed.data;
  if (hashPlan(order.plan) !== order.planHash) throw new Fault('order-invalid', { reason: 'the plan is not the one that its hash names' });
  if (partOf(order.plan.step, order.part) === null) throw new Fault('order-invalid', { reason: 'the step has no such part', part: order.part });
  if (order.attempt > 1 && (!order.plan.step.idempotent || order.attempt > order.plan.step.retries + 1)) {
    throw new Fault('order-invalid', { reason: 'more attempts than the plan allows', attempt: order.attempt });
  }
  return order;
}
