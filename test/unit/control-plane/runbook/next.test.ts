import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { next } from '#control-plane/runbook/execution/next.ts';
import { type ExecutionEvent, type ExecutionState, type Fresh, isOver, type Lease, standingOf, type StepState, type StepTerms } from '#control-plane/runbook/execution/state.ts';
import type { StepEnding } from '#proto/domain/step-result.ts';

const fresh = (id: number): Fresh => ({ nonce: `nonce-${id}`, lease: `lease-${id}`, askUntilMs: 1_000 });
const free: StepTerms = { need: 'nothing', retries: 0 };
const asked: StepTerms = { need: 'approval', retries: 0 };
const outcome = { tier: 2 as const, exit: 0, signal: null, limit: null, durationMs: 5, outputBytes: 0, survivorsKilled: 0 };
const ended = (expected: boolean, cancelled = false): StepEnding => ({ state: 'ended', outcome, expected, cancelled, startedAtMs: 1, endedAtMs: 2, outputHash: '0'.repeat(64), outputFacts: 0, outputLostBytes: 0 });
const unknown = (probe: 'effect-there' | 'effect-absent' | 'none'): StepEnding => ({ state: 'unknown', reason: 'the agent was restarted', probe });

function startOf(...terms: StepTerms[]): ExecutionState {
  return { isCancelled: false, steps: terms.map((each) => ({ terms: each, state: { kind: 'pending' } })) };
}

function play(state: ExecutionState, ...events: ExecutionEvent[]): ExecutionState {
  return events.reduce((before, event, index) => next(before, event, fresh(index)), state);
}

const begin: ExecutionEvent = { kind: 'begun-at-all' };
const lease = (id: number, attempt = 1): Lease => ({ lease: `lease-${id}`, attempt });

describe('an execution', () => {
  test('runs its steps one after the other and succeeds with the last', () => {
    const first = play(startOf(free, free), begin);
    expect(first.steps.map(({ state }) => state.kind)).toEqual(['ordered', 'pending']);

    const done = play(first, { kind: 'step-begun', step: 0, order: lease(0) }, { kind: 'step-ended', step: 0, order: lease(0), ending: ended(true) }, { kind: 'step-ended', step: 1, order: lease(1), ending: ended(true) });

    expect(standingOf(done)).toBe('succeeded');
  });

  test('asks before what needs an approval, and goes on with the answer to this question only', () => {
    const waiting = play(startOf(asked), begin);
    expect(waiting.steps[0]?.state).toEqual({ kind: 'waiting', nonce: 'nonce-0', untilMs: 1_000 });

    expect(play(waiting, { kind: 'approved', step: 0, nonce: 'nonce-9' })).toEqual(waiting);
    expect(play(waiting, { kind: 'approved', step: 0, nonce: 'nonce-0' }).steps[0]?.state.kind).toBe('ordered');
    expect(standingOf(play(waiting, { kind: 'denied', step: 0, nonce: 'nonce-0', why: 'no' }))).toBe('denied');
  });

  test('stops at the first step that does not succeed, and skips the rest', () => {
    const failed = play(startOf(free, free), begin, { kind: 'step-ended', step: 0, order: lease(0), ending: ended(false) });

    expect(failed.steps.map(({ state }) => state.kind === 'ended' && state.how)).toEqual(['failed', 'skipped']);
    expect(standingOf(failed)).toBe('failed');
  });

  test('tries again only what is idempotent, under a lease of its own', () => {
    const twice = play(startOf({ need: 'nothing', retries: 1 }), begin, { kind: 'step-ended', step: 0, order: lease(0), ending: ended(false) });
    expect(twice.steps[0]?.state).toMatchObject({ kind: 'ordered', nonce: 'nonce-0', order: lease(1, 2) });

    expect(standingOf(play(twice, { kind: 'step-ended', step: 0, order: lease(1, 2), ending: ended(false) }))).toBe('failed');
  });

  test('never runs again what may have happened; a probe that tells settles it', () => {
    const retrying = startOf({ need: 'nothing', retries: 3 });
    const lost = play(retrying, begin, { kind: 'timed-out', step: 0, order: lease(0), delivered: 'perhaps' });
    expect([standingOf(lost), isOver(lost)]).toEqual(['unknown', true]);
    expect(standingOf(play(retrying, begin, { kind: 'step-ended', step: 0, order: lease(0), ending: unknown('none') }))).toBe('unknown');
    expect(standingOf(play(retrying, begin, { kind: 'step-ended', step: 0, order: lease(0), ending: unknown('effect-there') }))).toBe('succeeded');
    expect(play(retrying, begin, { kind: 'step-ended', step: 0, order: lease(0), ending: unknown('effect-absent') }).steps[0]?.state).toMatchObject({ kind: 'ordered', order: { attempt: 2 } });
  });

  test('takes the truth that comes late, and begins nothing after it', () => {
    const lost = play(startOf(free, free), begin, { kind: 'timed-out', step: 0, order: lease(0), delivered: 'perhaps' });

    const late = play(lost, { kind: 'step-ended', step: 0, order: lease(0), ending: ended(true) });

    expect(late.steps.map(({ state }) => state.kind === 'ended' && state.how)).toEqual(['done', 'skipped']);
  });

  test('that is cancelled begins nothing more, and waits for what has begun', () => {
    const cancelled = play(startOf(free, asked), begin, { kind: 'step-begun', step: 0, order: lease(0) }, { kind: 'cancelled' });
    expect([standingOf(cancelled), isOver(cancelled)]).toEqual(['running', false]);

    expect(standingOf(play(cancelled, { kind: 'step-ended', step: 0, order: lease(0), ending: ended(false, true) }))).toBe('cancelled');
  });

  test('knows what never reached an agent from what may have', () => {
    expect(play(startOf(free), begin, { kind: 'timed-out', step: 0, order: lease(0), delivered: 'no' }).steps[0]?.state).toMatchObject({ how: 'expired' });
  });
});

const step = fc.nat({ max: 3 });
const order = fc.record({ lease: fc.nat({ max: 30 }).map((id) => `lease-${id}`), attempt: fc.integer({ min: 1, max: 3 }) });
const ending = fc.oneof(fc.boolean().map((expected) => ended(expected)), fc.constant(ended(false, true)), fc.constantFrom<'effect-there' | 'effect-absent' | 'none'>('effect-there', 'effect-absent', 'none').map(unknown), fc.constant<StepEnding>({ state: 'refused', code: 'x', message: '', next: '' }));
const nonce = fc.nat({ max: 30 }).map((id) => `nonce-${id}`);
const event: fc.Arbitrary<ExecutionEvent> = fc.oneof(
  fc.constant(begin),
  fc.record({ kind: fc.constant('approved' as const), step, nonce }),
  fc.record({ kind: fc.constant('denied' as const), step, nonce, why: fc.constant('no') }),
  fc.record({ kind: fc.constant('step-begun' as const), step, order }),
  fc.record({ kind: fc.constant('step-ended' as const), step, order, ending }),
  fc.record({ kind: fc.constant('timed-out' as const), step, order: fc.option(order), delivered: fc.constantFrom('no' as const, 'perhaps' as const) }),
  fc.constant<ExecutionEvent>({ kind: 'cancelled' }),
  fc.record({ kind: fc.constant('withdrawn' as const), step, order }),
);
const terms: fc.Arbitrary<StepTerms> = fc.record({ need: fc.constantFrom('nothing' as const, 'approval' as const, 'never' as const), retries: fc.nat({ max: 2 }) });
const story = fc.tuple(fc.array(terms, { minLength: 1, maxLength: 4 }), fc.array(event, { maxLength: 30 }));

/** Every state on the way, the first included; events name ids as they are given out, so that many of them fit. */
function states([all, events]: [StepTerms[], ExecutionEvent[]]): readonly ExecutionState[] {
  const seen = [play(startOf(...all), begin)];
  for (const [index, each] of events.entries()) seen.push(next(seen.at(-1) ?? startOf(), each, fresh(index + 1)));
  return seen;
}

const isLive = (state: StepState | undefined): boolean => state?.kind === 'ordered' || state?.kind === 'running';

describe('whatever happens, in whatever order', () => {
  /** The law says of each step of a story what breaks it, or nothing. */
  const holds = (law: (before: ExecutionState, after: ExecutionState, event: ExecutionEvent) => readonly string[]): void => {
    fc.assert(fc.property(story, (told) => {
      const seen = states(told);
      const broken = told[1].flatMap((each, index) => law(seen[index] ?? startOf(), seen[index + 1] ?? startOf(), each));
      expect(broken).toEqual([]);
    }), { numRuns: 500 });
  };

  test('nothing that is forbidden is ever ordered', () => {
    holds((_, after) => after.steps.filter(({ terms, state }) => terms.need === 'never' && isLive(state)).map(() => 'a forbidden step is live'));
  });

  test('nothing that needs an approval is ordered without one', () => {
    holds((before, after, each) =>
      after.steps.filter(({ terms, state }, index) => terms.need === 'approval' && isLive(state) && !isLive(before.steps[index]?.state) && each.kind !== 'approved').map(() => `${each.kind} let it run`));
  });

  test('an approval is used once', () => {
    fc.assert(fc.property(story, ([all, events]) => {
      const twice = events.flatMap<ExecutionEvent>((each) => (each.kind === 'approved' ? [each, each] : [each]));
      const seen = states([all, twice]);
      const again = twice.flatMap((each, index) => (each.kind === 'approved' && twice[index - 1] === each ? [index] : []));

      expect(again.map((index) => seen[index + 1])).toEqual(again.map((index) => seen[index]));
    }));
  });

  test('no two steps run at once', () => {
    holds((_, after) => (after.steps.filter(({ state }) => isLive(state)).length > 1 ? ['two are live'] : []));
  });

  test('no step begins after one that did not succeed', () => {
    holds((_, after) => {
      const stop = after.steps.findIndex(({ state }) => state.kind === 'ended' && state.how !== 'done');
      return stop !== -1 && after.steps.slice(stop + 1).some(({ state }) => isLive(state)) ? ['one is live'] : [];
    });
  });

  test('a result under another lease changes nothing', () => {
    holds((before, after, each) => {
      if (each.kind !== 'step-ended') return [];
      const state = before.steps[each.step]?.state;
      const order = state !== undefined && 'order' in state ? state.order : null;
      const isOurs = order?.lease === each.order.lease && order.attempt === each.order.attempt;
      return isOurs || JSON.stringify(after) === JSON.stringify(before) ? [] : ['it changed'];
    });
  });

  test('what has ended stays so, but for what was unknown', () => {
    holds((before, after) =>
      before.steps.filter(({ state }, index) => state.kind === 'ended' && state.how !== 'unknown' && JSON.stringify(after.steps[index]?.state) !== JSON.stringify(state)).map(({ state }) => JSON.stringify(state)));
  });

  test('an execution that was cancelled orders nothing more', () => {
    holds((before, after) => after.steps.filter(({ state }, index) => before.isCancelled && isLive(state) && !isLive(before.steps[index]?.state)).map(() => 'one was ordered'));
  });
});
