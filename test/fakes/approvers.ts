import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type Approver, pinApprover } from '#agent/runbook/approvers.ts';
import { type Approval, approvalBytes, type SignedApproval } from '#proto/domain/approval.ts';
import { readApproverKey } from '#proto/domain/approver-key.ts';
import type { StepOrderDelivery } from '#proto/domain/order.ts';
import { type StepOrder, writeStepOrder } from '#proto/domain/step-order.ts';
import { uuidOf } from '#test/fakes/facts.ts';

/** A person with a key. */
export interface Signatory {
  readonly name: string;
  /** The public half, as dd0c.yaml has it. */
  readonly keyText: string;
  readonly privateKey: KeyObject;
  pinned(person?: string): Approver;
  /** Signs for this order, or for what the change makes of it. */
  approve(order: StepOrder, change?: Partial<Approval>): SignedApproval;
}

export function signatory(name: string): Signatory {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const keyText = `ed25519:${publicKey.export({ format: 'der', type: 'spki' }).subarray(12).toString('base64')}`;
  const { keyId } = readApproverKey(keyText);
  return {
    name,
    keyText,
    privateKey,
    pinned: (person) => pinApprover(name, person, keyText),
    approve(order, change = {}) {
      const { tenant, agent, execution, part, planHash, nonce, notAfterMs, plan, requester } = order;
      const statement = approvalBytes({ schema: 'dd0c.approval/v1', tenant, agent, execution, step: plan.step.id, part, planHash, nonce, notAfterMs, requester: requester.id, keyId, ...change });
      return { statement, signature: sign(null, statement, privateKey) };
    },
  };
}

export function deliveryOf(order: StepOrder, approvals: readonly SignedApproval[] = [], id = uuidOf(100)): StepOrderDelivery {
  return { kind: 'step', id, envelope: writeStepOrder(order), approvals };
}
