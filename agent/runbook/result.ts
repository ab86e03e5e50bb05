import type { Fault } from '#proto/domain/fault.ts';
import type { RiskVerdict } from '#proto/domain/risk.ts';
import type { StepOrder } from '#proto/domain/step-order.ts';
import type { StepEnding, StepResult } from '#proto/domain/step-result.ts';

/** What was found out about an order, as far as it came. */
export interface About {
  readonly order: StepOrder | null;
  readonly verdict: RiskVerdict | null;
  readonly approvedBy: readonly string[];
}

/** A verdict names at most so many reasons in a result. */
const maxReasons = 100;
const maxText = 2_000;

export function resultOf({ order, verdict, approvedBy }: About, ending: StepEnding): StepResult {
  return {
    schema: 'dd0c.step-result/v1',
    execution: order?.execution ?? null,
    step: order?.plan.step.id ?? null,
    part: order?.part ?? null,
    attempt: order?.attempt ?? null,
    lease: order?.lease ?? null,
    planHash: order?.planHash ?? null,
    ending,
    verdict: verdict && { risk: verdict.risk, reasons: verdict.reasons.slice(0, maxReasons).map(({ rule, why, span: [from, to] }) => ({ rule, why: why.slice(0, maxText), span: [from, to] })) },
    approvedBy: [...approvedBy],
  };
}

export function refusal({ code, message, next }: Fault): StepEnding {
  return { state: 'refused', code, message: message.slice(0, maxText), next };
}

/** True where the step did what it should, false where it is known to have failed, null where neither is known. */
export function isGood(ending: StepEnding): boolean | null {
  if (ending.state === 'ended') return ending.expected ? true : ending.cancelled ? null : false;
  if (ending.state === 'unknown') return ending.probe === 'effect-there' ? true : ending.probe === 'effect-absent' ? false : null;
  return ending.code === 'order-cancelled' ? null : false;
}
