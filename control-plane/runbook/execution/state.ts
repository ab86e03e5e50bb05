import type { StepEnding } from '#proto/domain/step-result.ts';

/** What a step of an execution waits for, does, or came to. */
export type StepState =
  /** Those before it have not ended. */
  | { readonly kind: 'pending' }
  /** People are asked; the nonce is of this question and of no other. */
  | { readonly kind: 'waiting'; readonly nonce: string; readonly untilMs: number }
  /** An order lies ready or is on its way; whether it has begun is not known. */
  | { readonly kind: 'ordered'; readonly nonce: string; readonly order: Lease }
  /** The agent said that it began. */
  | { readonly kind: 'running'; readonly nonce: string; readonly order: Lease }
  | { readonly kind: 'ended'; readonly how: Ending; readonly order: Lease | null; readonly why: string | null };

/** Fences a result: nothing counts but what names the newest lease and attempt. */
export interface Lease {
  readonly lease: string;
  /** From 1. */
  readonly attempt: number;
}

/**
 * `done` and `failed` were seen by the agent. `refused` was never begun, by the agent's decision; `denied` by a
 * person's; `expired` because nobody decided, or the agent did not come, in time; `skipped` because one before it did
 * not succeed; `forbidden` by the rules. `unknown` may have happened or not, and nobody may assume either.
 */
export const endings = ['done', 'failed', 'refused', 'denied', 'expired', 'cancelled', 'skipped', 'forbidden', 'unknown'] as const;
export type Ending = (typeof endings)[number];

/** Of a step's plan, what decides its way. */
export interface StepTerms {
  readonly need: 'nothing' | 'approval' | 'never';
  /** Beyond the first; 0 unless its author declared it idempotent. */
  readonly retries: number;
}

/**
 * An execution runs its steps one after the other and stops at the first that does not succeed:
 *
 *     pending --its turn--> waiting --approved--> ordered --begun--> running --ended well--> ended(done)
 *        |                     |                     |                  |
 *        | needs nothing       | denied, expired     | refused,         | ended badly, lost, cancelled
 *        v                     v                     v expired          v
 *     ordered                ended                 ended              ended, or ordered again where it may
 *
 * There is no way from a step that is forbidden to any state but ended.
 */
export interface ExecutionState {
  readonly steps: readonly { readonly terms: StepTerms; readonly state: StepState }[];
  readonly isCancelled: boolean;
}

export type ExecutionEvent =
  | { readonly kind: 'begun-at-all' }
  | { readonly kind: 'approved'; readonly step: number; readonly nonce: string }
  | { readonly kind: 'denied'; readonly step: number; readonly nonce: string; readonly why: string }
  | { readonly kind: 'step-begun'; readonly step: number; readonly order: Lease }
  | { readonly kind: 'step-ended'; readonly step: number; readonly order: Lease; readonly ending: StepEnding }
  /** Nothing was heard in the time in which something had to be. */
  | { readonly kind: 'timed-out'; readonly step: number; readonly order: Lease | null; readonly delivered: 'no' | 'perhaps' }
  | { readonly kind: 'cancelled' }
  /** The order was taken back before any agent could have seen it. */
  | { readonly kind: 'withdrawn'; readonly step: number; readonly order: Lease };

/** Ids that nobody has used, and how long a question may stay open: whichever the next state needs. */
export interface Fresh {
  readonly nonce: string;
  readonly lease: string;
  readonly askUntilMs: number;
}

/** How the whole stands. */
export type Standing = 'waiting' | 'running' | 'succeeded' | 'failed' | 'denied' | 'cancelled' | 'unknown';

export function standingOf({ steps, isCancelled }: ExecutionState): Standing {
  const hows = steps.map(({ state }) => (state.kind === 'ended' ? state.how : state.kind));
  if (hows.includes('unknown')) return 'unknown';
  if (hows.some((how) => how === 'ordered' || how === 'running')) return 'running';
  if (hows.includes('waiting')) return 'waiting';
  if (hows.every((how) => how === 'done')) return 'succeeded';
  if (isCancelled) return 'cancelled';
  return hows.includes('denied') ? 'denied' : 'failed';
}

/** Whether nothing more will come of it, short of a late truth about a step that is unknown. */
export function isOver(state: ExecutionState): boolean {
  return state.steps.every((step) => step.state.kind === 'ended');
}
