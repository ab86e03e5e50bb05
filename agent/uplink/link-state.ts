import type { Fault } from '#proto/domain/fault.ts';
import type { FaultKind } from '#proto/domain/faults.ts';
import type { Welcome } from '#proto/domain/frame.ts';
import { nextBackoff } from '#proto/link/backoff.ts';

/**
 * The life of the link:
 *
 *     connecting --welcomed--> live --lost/drained--> waiting --due--> connecting
 *     connecting --lost--> waiting
 *     any --closed--> closed
 *
 * - connecting: a stream is being opened and Hello is on its way.
 * - live: the server has said Welcome; facts and heartbeats flow.
 * - waiting: nothing is open; the next attempt comes after `delayMs`.
 * - closed: the agent ended it, for good.
 */
export type LinkState =
  | { readonly kind: 'connecting'; readonly attempt: number }
  | { readonly kind: 'live'; readonly attempt: number; readonly welcome: Welcome }
  | { readonly kind: 'waiting'; readonly attempt: number; readonly delayMs: number; readonly why: Fault | null }
  | { readonly kind: 'closed' };

/** `roll` is a random number in [0, 1): the state machine has no randomness of its own. */
export type LinkEvent =
  | { readonly kind: 'welcomed'; readonly welcome: Welcome }
  | { readonly kind: 'lost'; readonly why: Fault; readonly lastedMs: number; readonly roll: number }
  | { readonly kind: 'drained'; readonly reconnectAfterMs: number; readonly roll: number }
  | { readonly kind: 'due' }
  | { readonly kind: 'closed' };

export const firstState: LinkState = { kind: 'connecting', attempt: 0 };

/** Where an event leads; one that has no meaning in a state changes nothing. */
export function next(state: LinkState, event: LinkEvent): LinkState {
  if (event.kind === 'closed' || state.kind === 'closed') return { kind: 'closed' };
  switch (event.kind) {
    case 'welcomed':
      return state.kind === 'connecting' ? { kind: 'live', attempt: state.attempt, welcome: event.welcome } : state;
    case 'due':
      return state.kind === 'waiting' ? { kind: 'connecting', attempt: state.attempt } : state;
    case 'drained':
      if (state.kind === 'waiting') return state;
      return { kind: 'waiting', attempt: 0, delayMs: Math.min(event.reconnectAfterMs, maxAskedMs) + nextBackoff(0, event.roll), why: null };
    case 'lost':
      return state.kind === 'waiting' ? state : wait(state, event);
  }
}

/** A session that lasted this long proves that the way is good, so waiting starts over. */
const provenMs = 10_000;

/** Attempts that wait at the cap: the server answered, and asking again soon will not change its mind. */
const patientAttempt = 6;
const refusals: readonly FaultKind[] = ['unauthenticated', 'denied', 'conflict'];
/** After this the agent has put right by itself what was wrong: it comes again soon, though not all of a fleet at once. */
const mended = 'resume-point-lost';
const mendedAttempt = 3;

/** A server that names a time is not asked before it, nor believed beyond an hour: it could silence an agent for good. */
const maxAskedMs = 3_600_000;

function askedToWait({ facts: { retryAfterMs } }: Fault): number {
  return typeof retryAfterMs === 'number' ? Math.min(retryAfterMs, maxAskedMs) : 0;
}

function wait({ attempt }: { attempt: number }, { why, lastedMs, roll }: { why: Fault; lastedMs: number; roll: number }): LinkState {
  const since = lastedMs >= provenMs ? 0 : attempt;
  const from = why.code === mended ? Math.max(since, mendedAttempt) : refusals.includes(why.kind) ? Math.max(since, patientAttempt) : since;
  return { kind: 'waiting', attempt: from + 1, delayMs: askedToWait(why) + nextBackoff(from, roll), why };
}
