import { asFault, Fault } from '#proto/domain/fault.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import type { StepOrderDelivery } from '#proto/domain/order.ts';
import { isAtLeast, type RiskVerdict, worseOf } from '#proto/domain/risk.ts';
import { readStepOrder, type StepOrder } from '#proto/domain/step-order.ts';
import { commandText, partOf, type StepRun } from '#proto/domain/step-run.ts';
import { demandApprovals, goodApprovals } from './approvals.ts';
import type { Approver } from './approvers.ts';
import type { Programs } from '#risk/report.ts';
import { demandAllowed } from './policy/demand.ts';
import type { Policy } from './policy/policy.ts';

/** What an agent knows of itself when it judges an order; nothing of it comes from the control plane. */
export interface AdmissionDesk {
  readonly tenant: TenantId;
  readonly agent: AgentId;
  readonly approvers: readonly Approver[];
  readonly policy: Policy;
  readonly classify: (command: string) => RiskVerdict;
  readonly programsOf: (command: string) => Programs;
  readonly realPath: (path: string) => string | null;
}

/** What was found out about an order before it was admitted or refused. */
interface Judged {
  /** Null where it could not be read. */
  readonly order: StepOrder | null;
  /** The agent's own judgement, or null where it did not come to that. */
  readonly verdict: RiskVerdict | null;
  readonly approvedBy: readonly string[];
}

export interface Admitted extends Judged {
  readonly kind: 'admitted';
  readonly order: StepOrder;
  readonly verdict: RiskVerdict;
  readonly run: StepRun;
  /** The last moment at which it may be begun. */
  readonly lastMomentMs: number;
  /** Until then the nonce must be remembered: later, no approval of this order would be good. */
  readonly rememberUntilMs: number;
}

export interface Refused extends Judged {
  readonly kind: 'refused';
  readonly fault: Fault;
}

/** By how much the clocks of server, approver and agent may differ. */
export const clockSkewMs = 60_000;

/** An order that could be begun for longer than this is refused: its nonce would have to be kept for as long. */
export const maxOrderLifeMs = 31 * 24 * 3_600_000;

/**
 * Judges an order by itself: whom it is for, whether its time is now, who approved it, how serious it is and whether the
 * owner allows it. Whether it came before is for the journal to say. Denies by default: each check must pass.
 */
export function admit({ envelope, approvals }: StepOrderDelivery, desk: AdmissionDesk, nowMs: number): Admitted | Refused {
  let order: StepOrder | null = null;
  let verdict: RiskVerdict | null = null;
  let approvedBy: readonly string[] = [];
  try {
    order = readStepOrder(envelope);
    demandAddress(order, desk);
    demandTime(order, nowMs);
    if (!desk.policy.isEnabled) throw new Fault('steps-disabled');

    const { step } = order.plan;
    const run = partOf(step, order.part);
    if (run === null) throw new Fault('order-invalid', { reason: 'the step has no such part', part: order.part });
    const command = commandText(run, step.env);
    verdict = desk.classify(command);
    demandHonestRisk(order, verdict);
    const risk = worseOf(order.plan.risk, verdict.risk);

    const good = goodApprovals(approvals, order, desk.approvers, nowMs - clockSkewMs);
    approvedBy = good.map(({ approver }) => approver.keyId);
    demandApprovals(good, order, { risk, ...desk });
    demandAllowed({ step, risk, programs: desk.programsOf(command), nowMs, realPath: desk.realPath }, desk.policy);
    if (step.secrets.length > 0 && good.length === 0) throw new Fault('secret-not-granted', { reason: 'the step is not approved by anybody' });

    const ends = [order.notAfterMs, ...good.map(({ notAfterMs }) => notAfterMs)];
    return { kind: 'admitted', order, verdict, approvedBy, run, lastMomentMs: Math.min(...ends) + clockSkewMs, rememberUntilMs: Math.max(...ends) + clockSkewMs };
  } catch (error) {
    return { kind: 'refused', order, verdict, approvedBy, fault: asFault(error) };
  }
}

function demandAddress({ tenant, agent }: StepOrder, desk: AdmissionDesk): void {
  if (tenant !== desk.tenant || agent !== desk.agent) throw new Fault('order-misaddressed', { tenant, agent });
}

function demandTime({ issuedAtMs, notAfterMs }: StepOrder, nowMs: number): void {
  if (issuedAtMs > nowMs + clockSkewMs) throw new Fault('order-too-early', { issuedAtMs, nowMs });
  if (notAfterMs < nowMs - clockSkewMs) throw new Fault('order-expired', { notAfterMs, nowMs });
  if (notAfterMs - nowMs > maxOrderLifeMs) throw new Fault('order-invalid', { reason: 'it could be begun for too long', notAfterMs });
}

/** The people who approved saw the risk in the plan; what is more serious they did not approve. */
function demandHonestRisk({ plan, part }: StepOrder, { risk }: RiskVerdict): void {
  if (risk === 'forbidden' || plan.risk === 'forbidden') throw new Fault('step-forbidden', { told: plan.risk, found: risk });
  if (part === 'probe' && risk !== 'read_only') throw new Fault('step-forbidden', { reason: 'a probe only reads', found: risk });
  if (risk !== plan.risk && isAtLeast(risk, plan.risk)) throw new Fault('risk-understated', { told: plan.risk, found: risk });
}
