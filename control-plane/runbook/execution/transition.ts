import { toAgentId, type AgentId, type TenantId } from '#proto/domain/identity.ts';
import type { Json } from '#proto/domain/json.ts';
import type { TenantTx } from '../../store/tenant-tx.ts';
import type { Actor, RecordEntry, RunbookTopic } from '../record.ts';
import { tellEvent } from './events.ts';
import { closeOrder, issueOrder } from './issue-order.ts';
import { next } from './next.ts';
import { type ExecutionRow, lockExecution, type StepRow, toState, writeStep } from './rows.ts';
import { type ExecutionEvent, type Fresh, isOver, standingOf, type StepState } from './state.ts';

export interface TransitionOptions {
  readonly record: RecordEntry;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Ids that nobody has used. */
  readonly newId: () => string;
  /** Unpredictable bytes. */
  readonly random: (bytes: number) => Uint8Array;
  /** Asks for a scan of a stack, as evidence that its finding is gone; answers the order's id. */
  readonly rescan: (tx: TenantTx, agent: AgentId, stack: string) => Promise<string>;
}

/** What changed, for whoever has to be told after the commit. */
export interface Aftermath {
  readonly execution: string;
  readonly agent: AgentId;
  readonly isChanged: boolean;
}

/** Applies one event to an execution and writes down all that comes of it, in the caller's transaction. */
export type Transition = (tx: TenantTx, tenant: TenantId, id: string, event: ExecutionEvent, by: Actor) => Promise<Aftermath>;

/** A question stays open for so long. */
const askForMs = 24 * 60 * 60_000;

export function createTransition({ record, clock, newId, random, rescan }: TransitionOptions): Transition {
  return async (tx, tenant, id, event, by) => {
    const { execution, steps } = await lockExecution(tx, id);
    const before = toState(execution, steps);
    const after = next(before, event, fresh());
    const agent = toAgentId(execution.agent);
    if (isSame(before, after)) return { execution: id, agent, isChanged: false };

    for (const [index, step] of steps.entries()) {
      const state = after.steps[index]?.state;
      if (state !== undefined && !isSame(before.steps[index], after.steps[index])) await enter(tx, { tenant, execution, step, state, by });
    }
    const standing = standingOf(after);
    const hasEnded = isOver(after) && !isOver(before);
    await tx.query('update execution set standing = $2, is_cancelled = $3, ended_at = case when $4 then $5 else ended_at end where id = $1', [id, standing, after.isCancelled, hasEnded, now()]);
    if (hasEnded) await end(tx, execution, steps, standing);
    else if (standing !== execution.standing && isOver(after)) await tellEnd(tx, execution, standing);
    return { execution: id, agent, isChanged: true };
  };

  interface Entry {
    readonly tenant: TenantId;
    readonly execution: ExecutionRow;
    readonly step: StepRow;
    readonly state: StepState;
    readonly by: Actor;
  }

  async function enter(tx: TenantTx, { tenant, execution, step, state, by }: Entry): Promise<void> {
    await writeStep(tx, step, state, now());
    const told: Record<string, Json> = { execution: execution.id, step: step.step, part: step.part, planHash: step.plan_hash };
    if (state.kind === 'waiting') await note('approval.asked', { system: 'runbook' }, { ...told, nonce: state.nonce, risk: step.plan.risk, until: new Date(state.untilMs).toISOString() });
    if (state.kind === 'ordered') {
      const envelopeHash = await issueOrder(tx, { tenant, execution, step, nonce: state.nonce, lease: state.order, nowMs: clock() });
      const { risk, reasons } = step.verdict;
      await note('step.ordered', { system: 'runbook' }, { ...told, agent: execution.agent, nonce: state.nonce, ...state.order, envelopeHash, verdict: { risk, rules: reasons.map(({ rule }) => rule) } });
    }
    if (state.kind === 'running') await note('step.begun', by, { ...told, ...state.order });
    if (state.kind === 'ended') {
      if (state.order !== null) await closeOrder(tx, state.order.lease, state.how, now());
      await note('step.ended', by, { ...told, how: state.how, why: state.why, ...state.order });
    }
    await tellEvent(tx, execution.id, { kind: 'step', position: step.position, body: { step: step.step, ...tellable(state) }, at: now() });

    function note(topic: RunbookTopic, actor: Actor, body: Record<string, Json>): Promise<void> {
      return record(tx, { topic, by: actor, at: now(), body });
    }
  }

  /** Where a finding was the reason, a scan is to show whether it is gone; nobody's word is taken for it. */
  async function end(tx: TenantTx, execution: ExecutionRow, steps: readonly StepRow[], standing: string): Promise<void> {
    const ranSomething = steps.some(({ lease, state }) => lease !== null || state === 'running' || state === 'ordered') || standing === 'succeeded';
    if (execution.stack !== null && ranSomething) {
      const order = await rescan(tx, toAgentId(execution.agent), execution.stack);
      await tx.query('update execution set scan_order = $2 where id = $1', [execution.id, order]);
    }
    await record(tx, { topic: 'execution.ended', by: { system: 'runbook' }, at: now(), body: { execution: execution.id, runbook: execution.runbook, version: execution.version, standing } });
    await tellEnd(tx, execution, standing);
  }

  function tellEnd(tx: TenantTx, execution: ExecutionRow, standing: string): Promise<void> {
    return tellEvent(tx, execution.id, { kind: 'ended', position: null, body: { standing }, at: now() });
  }

  function fresh(): Fresh {
    return { nonce: Buffer.from(random(32)).toString('hex'), lease: newId(), askUntilMs: clock() + askForMs };
  }

  function now(): Date {
    return new Date(clock());
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Of a state, what those who watch may know: no nonce. */
function tellable(state: StepState): Record<string, Json> {
  if (state.kind === 'waiting') return { state: state.kind, until: new Date(state.untilMs).toISOString() };
  if (state.kind === 'ended') return { state: state.kind, how: state.how, why: state.why };
  return 'order' in state ? { state: state.kind, attempt: state.order.attempt } : { state: state.kind };
}
