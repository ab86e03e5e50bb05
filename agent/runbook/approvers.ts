import { type ApproverKey, readApproverKey } from '#proto/domain/approver-key.ts';
import type { StepOrder } from '#proto/domain/step-order.ts';

/** Somebody whose signature this agent believes, because its owner wrote the key into dd0c.yaml. */
export interface Approver extends ApproverKey {
  /** As the owner calls them. */
  readonly name: string;
  /** Their id in the control plane, where the owner named it; else the name stands for them. */
  readonly person: string;
}

/** @throws Fault `approver-key-invalid` */
export function pinApprover(name: string, person: string | undefined, keyText: string): Approver {
  return { name, person: person ?? name, ...readApproverKey(keyText) };
}

/** Whether this approver asked for the order; a likeness of names is enough, since both may be written by hand. */
export function isRequester({ name, person }: Approver, { requester }: StepOrder): boolean {
  const asked = [requester.id, requester.name].map(fold);
  return [name, person].map(fold).some((known) => asked.includes(known));
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
