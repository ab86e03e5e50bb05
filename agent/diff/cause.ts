import type { Cause } from '#proto/domain/finding.ts';
import type { Path } from '#proto/domain/json.ts';
import type { OwnerKind, SideName, Sighting } from '#proto/domain/resource.ts';
import type { Hasher, Recollection } from './recollection.ts';

/** What is known when the code disagrees with what is observed. */
export interface Disagreement {
  readonly sides: Sighting['sides'];
  readonly observed: SideName;
  readonly last: Recollection | null;
  readonly hasher: Hasher;
}

/**
 * Why the code disagrees with the observed side, property by property. One look at code and state cannot tell a change
 * that was never applied from one made by hand and refreshed into the state; what the last report saw can:
 *
 *     code as it was, agreed then      → laundered (or live_changed, where live is seen directly)
 *     code as it was, disagreed then   → as it was said then
 *     code moved, the other side stayed → not_applied
 *     both moved, or no last report    → not_applied where live confirms the state, else unknown
 */
export function createCause({ sides, observed, last, hasher }: Disagreement): (steps: Path) => Cause {
  const isStateConfirmed = observed === 'live' && sides.recorded !== undefined && sides.recorded !== null;
  const fallback: Cause = isStateConfirmed ? 'not_applied' : 'unknown';
  if (last === null || last.code === null) return () => fallback;

  if (last.code === hasher.side(sides.code)) {
    const isSeenDirectly = observed === 'live' && !isStateConfirmed;
    return (steps) => {
      const said = last.disagreed[hasher.place(steps)];
      if (said === undefined) return isSeenDirectly ? 'live_changed' : 'laundered';
      return said === 'unknown' ? fallback : said;
    };
  }
  const other = isStateConfirmed || observed === 'recorded' ? 'recorded' : 'live';
  const hasOtherStayed = last[other] !== null && last[other] === hasher.side(sides[other]);
  return () => (hasOtherStayed ? 'not_applied' : fallback);
}

/**
 * What the hand that wrote a value last says where nothing else does: a person's tool changed it behind the code's back;
 * what carries code in brought it, and the code has moved on since.
 */
export function causeByHand(cause: Cause, hand: OwnerKind | undefined): Cause {
  if (cause !== 'unknown' || hand === undefined) return cause;
  return ({ person: 'live_changed', applier: 'not_applied', controller: 'unknown', anyone: 'unknown' } as const)[hand];
}

/** The cause that a finding tells where its properties have several: what was done by hand first. */
export function strongest(causes: readonly Cause[]): Cause {
  return order.find((cause) => causes.includes(cause)) ?? 'unknown';
}

const order: readonly Cause[] = ['live_changed', 'laundered', 'not_applied', 'reverted', 'provider_default', 'unknown'];
