import type { StepEnding } from '#proto/domain/step-result.ts';
import type { Ending, ExecutionEvent, ExecutionState, Fresh, Lease, StepState } from './state.ts';

/** What comes of an event: the same state, untouched, where the event says nothing about it any more. */
export function next(execution: ExecutionState, event: ExecutionEvent, fresh: Fresh): ExecutionState {
  switch (event.kind) {
    case 'begun-at-all':
      return advance(execution, fresh);
    case 'approved':
      return at(execution, event.step, (state) => (isAsked(state, event.nonce) ? { kind: 'ordered', nonce: state.nonce, order: { lease: fresh.lease, attempt: 1 } } : state));
    case 'denied':
      return advance(at(execution, event.step, (state) => (isAsked(state, event.nonce) ? over('denied', null, event.why) : state)), fresh);
    case 'step-begun':
      return at(execution, event.step, (state) => (state.kind === 'ordered' && isSame(state.order, event.order) ? { ...state, kind: 'running' } : state));
    case 'step-ended':
      return ended(execution, event, fresh);
    case 'timed-out':
      return advance(at(execution, event.step, (state) => timedOut(state, event.order, event.delivered)), fresh);
    case 'cancelled':
      return cancelled(execution);
    case 'withdrawn':
      return at(execution, event.step, (state) => (state.kind === 'ordered' && isSame(state.order, event.order) ? over('cancelled', null, null) : state));
  }
}

/**
 * Moves the first step whose turn it is on, or skips all that is left once one did not succeed. An execution that was
 * cancelled begins nothing more.
 */
function advance(execution: ExecutionState, fresh: Fresh): ExecutionState {
  const stop = execution.steps.findIndex(({ state }) => state.kind === 'ended' && state.how !== 'done');
  if (stop !== -1) return { ...execution, steps: execution.steps.map((step) => (step.state.kind === 'pending' ? { ...step, state: over('skipped', null, null) } : step)) };
  const turn = execution.steps.findIndex(({ state }) => state.kind !== 'ended');
  const step = execution.steps[turn];
  if (step?.state.kind !== 'pending') return execution;
  const moved = at(execution, turn, () => {
    if (execution.isCancelled) return over('cancelled', null, null);
    if (step.terms.need === 'never') return over('forbidden', null, 'it is forbidden');
    if (step.terms.need === 'approval') return { kind: 'waiting', nonce: fresh.nonce, untilMs: fresh.askUntilMs };
    return { kind: 'ordered', nonce: fresh.nonce, order: { lease: fresh.lease, attempt: 1 } };
  });
  return advance(moved, fresh);
}

/** A result counts for the newest lease only; of a step that was given up as unknown, it is the truth come late. */
function ended(execution: ExecutionState, { step: index, order, ending }: Extract<ExecutionEvent, { kind: 'step-ended' }>, fresh: Fresh): ExecutionState {
  const step = execution.steps[index];
  if (step === undefined) return execution;
  const { state, terms } = step;
  if (state.kind === 'ended') {
    const isLate = state.how === 'unknown' && state.order !== null && isSame(state.order, order);
    return isLate ? at(execution, index, () => over(howOf(ending), order, whyOf(ending))) : execution;
  }
  if ((state.kind !== 'ordered' && state.kind !== 'running') || !isSame(state.order, order)) return execution;

  const how = howOf(ending);
  const mayRetry = how === 'failed' && order.attempt <= terms.retries && !execution.isCancelled;
  if (mayRetry) return at(execution, index, () => ({ kind: 'ordered', nonce: state.nonce, order: { lease: fresh.lease, attempt: order.attempt + 1 } }));
  return advance(at(execution, index, () => over(how, order, whyOf(ending))), fresh);
}

function timedOut(state: StepState, order: Lease | null, delivered: 'no' | 'perhaps'): StepState {
  if (state.kind === 'waiting' && order === null) return over('expired', null, 'nobody decided in time');
  if ((state.kind !== 'ordered' && state.kind !== 'running') || order === null || !isSame(state.order, order)) return state;
  if (state.kind === 'ordered' && delivered === 'no') return over('expired', order, 'the agent did not come for it in time');
  return over('unknown', order, 'the agent was not heard from again; it may have run');
}

/** What has not begun never will; what may have begun is told to the agent, and its answer is waited for. */
function cancelled(execution: ExecutionState): ExecutionState {
  return {
    isCancelled: true,
    steps: execution.steps.map((step) => (step.state.kind === 'pending' || step.state.kind === 'waiting' ? { ...step, state: over('cancelled', null, null) } : step)),
  };
}

function howOf(ending: StepEnding): Ending {
  if (ending.state === 'refused') return ending.code === 'order-cancelled' ? 'cancelled' : 'refused';
  if (ending.state === 'ended') return ending.cancelled ? 'cancelled' : ending.expected ? 'done' : 'failed';
  if (ending.probe === 'effect-there') return 'done';
  return ending.probe === 'effect-absent' ? 'failed' : 'unknown';
}

function whyOf(ending: StepEnding): string | null {
  if (ending.state === 'refused') return ending.message;
  if (ending.state === 'unknown') return ending.reason;
  const { limit, signal, exit } = ending.outcome;
  if (ending.cancelled) return 'it was ended while it ran';
  if (limit !== null) return `it reached its limit of ${limit}`;
  if (ending.expected) return null;
  return signal === null ? `exit ${exit ?? '?'} is not what was expected, or its output is not` : `it was ended by ${signal}`;
}

function over(how: Ending, order: Lease | null, why: string | null): StepState {
  return { kind: 'ended', how, order, why };
}

function isAsked(state: StepState, nonce: string): state is Extract<StepState, { kind: 'waiting' }> {
  return state.kind === 'waiting' && state.nonce === nonce;
}

function isSame(one: Lease, other: Lease): boolean {
  return one.lease === other.lease && one.attempt === other.attempt;
}

function at(execution: ExecutionState, index: number, change: (state: StepState) => StepState): ExecutionState {
  return { ...execution, steps: execution.steps.map((step, at) => (at === index ? { ...step, state: change(step.state) } : step)) };
}
