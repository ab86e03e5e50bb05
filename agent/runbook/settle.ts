import { asFault } from '#proto/domain/fault.ts';
import type { StepOrderDelivery } from '#proto/domain/order.ts';
import { readStepOrder, type StepOrder } from '#proto/domain/step-order.ts';
import type { StepEnding } from '#proto/domain/step-result.ts';
import { commandText, partOf } from '#proto/domain/step-run.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { AdmissionDesk } from './admit.ts';
import { goodApprovals } from './approvals.ts';
import { demandAllowed } from './policy/demand.ts';
import type { About } from './result.ts';
import { readProbe } from './run-step.ts';
import { specOf } from './spec.ts';

export interface ProbeTools {
  readonly desk: AdmissionDesk;
  readonly sandbox: Pick<Sandbox, 'run'>;
  readonly grant: (order: StepOrder) => Promise<Readonly<Record<string, string>>>;
  readonly clock: () => number;
}

/** What was known of an order that was admitted once, read again from what the journal kept. */
export function recall(delivery: StepOrderDelivery | null, { classify, approvers }: AdmissionDesk): About {
  try {
    const order = readStepOrder(delivery?.envelope ?? new Uint8Array());
    const run = partOf(order.plan.step, order.part);
    const verdict = run && classify(commandText(run, order.plan.step.env));
    const approvedBy = goodApprovals(delivery?.approvals ?? [], order, approvers, Number.NEGATIVE_INFINITY).map(({ approver }) => approver.keyId);
    return { order, verdict, approvedBy };
  } catch {
    return { order: null, verdict: null, approvedBy: [] };
  }
}

/**
 * The truth about a step that was started and whose end nobody saw: what its probe says, under the owner's policy as it
 * is now, or that a person must look. The step itself is not run again.
 */
export async function settle(order: StepOrder | null, reason: string, tools: ProbeTools, signal: AbortSignal): Promise<StepEnding> {
  if (order === null || order.plan.step.probe === null || order.part !== 'run') return { state: 'unknown', reason, probe: 'none' };
  try {
    return { state: 'unknown', reason, probe: await probe(order, tools, signal) };
  } catch (error) {
    return { state: 'unknown', reason: `${reason}; the probe was not run: ${asFault(error).message}`, probe: 'not-told' };
  }
}

async function probe({ plan, ...order }: StepOrder, { desk, sandbox, grant, clock }: ProbeTools, signal: AbortSignal): Promise<'effect-there' | 'effect-absent' | 'not-told'> {
  const { step } = plan;
  const { policy, classify, programsOf, realPath } = desk;
  if (step.probe === null || !policy.isEnabled) return 'not-told';
  const command = commandText(step.probe, step.env);
  const { risk } = classify(command);
  if (risk !== 'read_only') return 'not-told';
  const anyHour = { ...policy, hours: { ...policy.hours, open: [] } };
  demandAllowed({ step, risk, programs: programsOf(command), nowMs: clock(), realPath }, anyHour);
  const secrets = await grant({ plan, ...order });
  const run = step.probe;
  return readProbe(await sandbox.run(specOf({ step, run, secrets, policy }), () => {}, signal));
}
