import { verify } from 'node:crypto';
import { readApproval, type SignedApproval, whyNotFor } from '#proto/domain/approval.ts';
import { Fault } from '#proto/domain/fault.ts';
import { isAtLeast, type Risk } from '#proto/domain/risk.ts';
import type { StepOrder } from '#proto/domain/step-order.ts';
import { type Approver, isRequester } from './approvers.ts';
import type { Policy } from './policy/policy.ts';

/** An approval whose signature is that of a pinned key and that is for this order. */
export interface GoodApproval {
  readonly approver: Approver;
  readonly notAfterMs: number;
}

/**
 * The approvals that count. Those by keys that are not pinned here are passed over: they may be meant for other agents.
 * @throws Fault `approval-invalid` where one by a pinned key is not what that person signed, or not for this order
 */
export function goodApprovals(signed: readonly SignedApproval[], order: StepOrder, approvers: readonly Approver[], nowMs: number): readonly GoodApproval[] {
  return signed.flatMap(({ statement, signature }) => {
    const approval = readApproval(statement);
    const approver = approvers.find(({ keyId }) => keyId === approval.keyId);
    if (approver === undefined) return [];
    if (signature.length !== 64 || !verify(null, statement, approver.key, signature)) {
      throw new Fault('approval-invalid', { approver: approver.name, reason: 'the signature is not that of the pinned key' });
    }
    const mismatch = whyNotFor(approval, order, nowMs);
    if (mismatch !== null) throw new Fault('approval-invalid', { approver: approver.name, reason: mismatch });
    return [{ approver, notAfterMs: approval.notAfterMs }];
  });
}

/**
 * Whether so serious an order has the approvals that the owner asks for, counted by person.
 * @throws Fault `approvers-not-pinned`, `order-not-approved`, `order-self-approved`
 */
export function demandApprovals(good: readonly GoodApproval[], order: StepOrder, { risk, policy, approvers }: { readonly risk: Risk; readonly policy: Pick<Policy, 'unsigned' | 'approvals'>; readonly approvers: readonly Approver[] }): void {
  if (runsUnsigned(risk, policy, approvers.length)) return;
  if (approvers.length === 0) throw new Fault('approvers-not-pinned', { risk });
  const people = countPeople(good);
  if (people < policy.approvals) throw new Fault('order-not-approved', { risk, needed: policy.approvals, good: people });
  const others = countPeople(good.filter(({ approver }) => !isRequester(approver, order)));
  if (isAtLeast(risk, 'dangerous') && others < policy.approvals) throw new Fault('order-self-approved', { risk, needed: policy.approvals, others });
}

function runsUnsigned(risk: Risk, { unsigned }: Pick<Policy, 'unsigned'>, pinned: number): boolean {
  if (unsigned === 'none') return false;
  const ceiling = pinned === 0 ? 'read_only' : unsigned;
  return isAtLeast(ceiling, risk);
}

function countPeople(good: readonly GoodApproval[]): number {
  return new Set(good.map(({ approver }) => approver.person)).size;
}
