import type { RiskVerdict } from '#proto/domain/risk.ts';
import type { Step } from '#proto/domain/step-plan.ts';
import { type StepResult, readStepResult } from '#proto/domain/step-result.ts';
import { commandText, partOf, type StepPart } from '#proto/domain/step-run.ts';
import type { Remedy } from '../remedy.ts';
import type { Trust } from '../trust.ts';
import type { ExecutionRow, StepRow } from './rows.ts';
import type { Ending, Standing, StepState } from './state.ts';

/** An execution in a list. Times are RFC 3339. */
export interface ExecutionSummary {
  readonly id: string;
  readonly runbook: string;
  readonly version: string;
  readonly agent: string;
  readonly standing: Standing;
  /** The step whose turn it is, or null. */
  readonly at: string | null;
  readonly requester: { readonly id: string; readonly name: string };
  readonly finding: string | null;
  readonly createdAt: string;
  readonly endedAt: string | null;
}

/** Of the newest session of an agent. */
export interface Contact {
  readonly isConnected: boolean;
  readonly lastHeardAt: string | null;
}

export interface StepView {
  readonly id: string;
  readonly title: string;
  readonly part: StepPart;
  readonly state: StepState['kind'];
  readonly how: Ending | null;
  readonly why: string | null;
  readonly attempt: number | null;
  /** As the safety scanner read it. */
  readonly command: string;
  readonly verdict: RiskVerdict;
  readonly needsApproval: boolean;
  readonly planHash: string;
  readonly plan: Step;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** What the agent said in the end, or null. */
  readonly result: StepResult | null;
}

export interface ExecutionDetail extends ExecutionSummary {
  readonly trust: Trust;
  readonly parameters: Readonly<Record<string, string>>;
  readonly rollbackOf: string | null;
  readonly isCancelled: boolean;
  /** Whether its agent can be heard now: while it cannot, what is said of a running step is what was heard last. */
  readonly contact: Contact;
  readonly steps: readonly StepView[];
  /** What became of the finding, or null where there was none. */
  readonly remedy: Remedy | null;
}

export function toSummary(row: ExecutionRow, steps: readonly StepRow[]): ExecutionSummary {
  return {
    id: row.id,
    runbook: row.runbook,
    version: row.version,
    agent: row.agent,
    standing: row.standing,
    at: steps.find(({ state }) => state !== 'ended')?.step ?? null,
    requester: { id: row.requester, name: row.requester_name },
    finding: row.finding,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

export function toDetail(row: ExecutionRow, steps: readonly StepRow[], { remedy, contact }: Pick<ExecutionDetail, 'remedy' | 'contact'>): ExecutionDetail {
  return { ...toSummary(row, steps), trust: row.trust, parameters: row.parameters, rollbackOf: row.rollback_of, isCancelled: row.is_cancelled, contact, steps: steps.map(toStep), remedy };
}

/** A step as it is told. */
export function toStep(row: StepRow): StepView {
  const { step } = row.plan;
  const run = partOf(step, row.part);
  return {
    id: row.step,
    title: step.title,
    part: row.part,
    state: row.state,
    how: row.how,
    why: row.why,
    attempt: row.attempt,
    command: run === null ? '' : commandText(run, step.env),
    verdict: row.verdict,
    needsApproval: row.need !== 'nothing',
    planHash: row.plan_hash,
    plan: step,
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    result: row.result === null ? null : readStepResult(row.result),
  };
}
