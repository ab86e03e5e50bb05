import { Fault } from '#proto/domain/fault.ts';
import { type Risk, type RiskVerdict, worseOf } from '#proto/domain/risk.ts';
import { hashPlan, type Step, type StepPlan } from '#proto/domain/step-plan.ts';
import type { StepPart } from '#proto/domain/step-run.ts';
import { fillStep } from './document/fill-step.ts';
import { type Classify, judgeStep } from './document/judge.ts';
import { settle } from './document/parameter.ts';
import type { RunbookDetail } from './library.ts';
import { needOf, type Trust } from './trust.ts';

/** A step as it is to run, why it is as risky as it is, and what it needs first. */
export interface PlannedStep {
  readonly plan: StepPlan;
  readonly planHash: string;
  readonly part: StepPart;
  /** Of the part that is ordered. */
  readonly verdict: RiskVerdict;
  readonly need: 'nothing' | 'approval' | 'never';
  readonly retries: number;
  /** How many people must approve it, where it needs that. */
  readonly approvals: number;
}

export interface PlanRequest {
  readonly runbook: RunbookDetail;
  readonly parameters: Readonly<Record<string, string>>;
  readonly classify: Classify;
}

/**
 * Puts the parameters in their places and judges what came of it; a step is never taken for less than at import.
 * @throws Fault `parameter-invalid`, `runbook-forbidden`
 */
export function planSteps({ runbook, parameters, classify }: PlanRequest): readonly PlannedStep[] {
  const values = settle(runbook.model.parameters, parameters);
  const planned = runbook.model.steps.map((template, index): PlannedStep => {
    const step = fillStep(template, values);
    const { risk, parts } = judgeStep(step, classify);
    const worst = worseOf(risk, runbook.verdicts[index]?.risk ?? 'dangerous');
    const plan: StepPlan = { schema: 'dd0c.step-plan/v1', runbook: { name: runbook.name, version: runbook.version }, step, parameters: values, risk: worst };
    return { plan, planHash: hashPlan(plan), part: 'run', verdict: parts.run ?? nothing, need: needed(runbook.trust, worst, step), retries: step.retries, approvals: runbook.approvals };
  });
  const forbidden = planned.find(({ need }) => need === 'never');
  if (forbidden) throw new Fault('runbook-forbidden', { step: forbidden.plan.step.id, why: forbidden.verdict.reasons[0]?.why });
  return planned;
}

/** The same plan, with its rollback to be ordered; a person approves it, however harmless it looks. */
export function planRollback(plan: StepPlan, approvals: number, classify: Classify): PlannedStep {
  const verdict = judgeStep(plan.step, classify).parts.rollback;
  if (verdict === undefined) throw new Fault('step-without-rollback', { step: plan.step.id });
  return { plan, planHash: hashPlan(plan), part: 'rollback', verdict, need: plan.risk === 'forbidden' ? 'never' : 'approval', retries: 0, approvals };
}

/** A secret is granted to what a person has looked at, however harmless it is. */
function needed(trust: Trust, risk: Risk, { secrets }: Step): PlannedStep['need'] {
  const need = needOf(trust, risk);
  return need === 'nothing' && secrets.length > 0 ? 'approval' : need;
}

const nothing: RiskVerdict = { risk: 'dangerous', reasons: [{ rule: 'unjudged', why: 'It was not judged.', span: [0, 0] }] };
