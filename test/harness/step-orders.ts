import type { StepOrder } from '#proto/domain/step-order.ts';
import { uuidOf } from '#test/fakes/facts.ts';
import { orderOf, planOf, stepOf } from '#test/fakes/step-plans.ts';

/** An order that says its number, with a probe that says it too. */
export function numberedOrder(number: number): { readonly id: string; readonly order: StepOrder } {
  const plan = planOf(stepOf({ run: { kind: 'command', words: ['do', String(number)] }, probe: { kind: 'command', words: ['probe', String(number)] } }));
  return { id: uuidOf(1_000 + number), order: orderOf(plan, { nonce: number.toString(16).padStart(64, '0') }) };
}

export function numberOfOrder(id: string): number {
  return Number.parseInt(id.slice(-12), 16) - 1_000;
}
