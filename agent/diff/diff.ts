import type { Cause, Change } from '#proto/domain/finding.ts';
import { type Path, sameJson } from '#proto/domain/json.ts';
import type { Side, SideName, Sighting } from '#proto/domain/resource.ts';
import { attribute } from './attribute.ts';
import { causeByHand, createCause, strongest } from './cause.ts';
import type { Comparison, Difference } from './difference.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Normaliser } from './normaliser.ts';
import { pathSet } from './path-set.ts';
import type { Hasher, Recollection } from './recollection.ts';
import { same } from './same.ts';
import { type Lens, walk } from './walk.ts';

export interface DiffOptions {
  readonly stackId: string;
  readonly normaliser: Normaliser;
  readonly hasher: Hasher;
  /** What the last report knew of this address, or null. */
  readonly recall: (address: string) => Recollection | null;
}

export interface Outcome {
  /** False where only one side was seen: there was nothing to compare with. */
  readonly isChecked: boolean;
  readonly comparison: Comparison | null;
  /** What the next report should know, or null where there is nothing to remember; worked out when it is asked for. */
  readonly recollect: () => Recollection | null;
}

/** Compares the sides of one resource after another. */
export function createDiff({ stackId, normaliser, hasher, recall }: DiffOptions): (sighting: Sighting) => Outcome {
  return compare;

  function compare(sighting: Sighting): Outcome {
    const { code, recorded, live } = sighting.sides;
    const known = [code, recorded, live].filter((side) => side !== undefined);
    if (known.length < 2) return { isChecked: false, comparison: null, recollect: nothing };

    const absence = absenceOf(sighting.sides, () => recall(sighting.address));
    if (absence !== null) {
      const last = recall(sighting.address);
      const recollect = absence.cause === 'live_changed' ? () => remember(sighting, last, true, []) : absence.cause === 'laundered' ? () => last : nothing;
      return { isChecked: true, comparison: comparison(sighting, absence, []), recollect };
    }
    return properties(sighting);
  }

  function properties(sighting: Sighting): Outcome {
    const { code, recorded, live } = sighting.sides;
    const last = recall(sighting.address);
    const observed: SideName = live ? 'live' : 'recorded';
    const seen = live ?? recorded;
    const drift = recorded && live ? between(sighting, recorded, live) : [];
    const disagreement = code && seen ? between(sighting, code, seen).filter((one) => !drift.some((other) => isToldBy(other, one))) : [];

    const causes = new Map(drift.map((one): [Difference, Cause] => [one, 'live_changed']));
    if (disagreement.length > 0) {
      const causeAt = createCause({ sides: sighting.sides, observed, last, hasher });
      for (const one of disagreement) causes.set(one, causeByHand(causeAt(one.property.steps), one.by ?? (sighting.isAhead === true ? 'applier' : undefined)));
    }
    const drifted = drift.some(isReal);
    const recollect = code || drifted || last?.code
      ? () => remember(sighting, last, drifted, disagreement.filter(isReal).map((one) => [hasher.place(one.property.steps), causes.get(one) ?? 'unknown']))
      : nothing;

    if (causes.size > 0) return { isChecked: true, comparison: comparison(sighting, { change: 'modified', cause: overall(causes) }, [...causes.keys()]), recollect };
    if (sighting.movedFrom !== null) return { isChecked: true, comparison: comparison(sighting, { change: 'moved', cause: 'not_applied' }, []), recollect };
    const isBack = last?.drifted === true && last.recorded !== null && last.recorded === hasher.side(recorded);
    return { isChecked: true, comparison: isBack ? comparison(sighting, { change: 'modified', cause: 'reverted' }, []) : null, recollect };
  }

  function between(sighting: Sighting, before: Side, after: Side): readonly Difference[] {
    if (same(before.values, after.values)) return [];
    const differences = walk({ type: sighting.type, before: lens(before), after: lens(after), ignored: pathSet(sighting.ignored), normaliser });
    return attribute(differences, sighting.owners ?? []);
  }

  function comparison(sighting: Sighting, { change, cause }: { change: Change; cause: Cause }, differences: readonly Difference[]): Comparison {
    const { address, type, movedFrom } = sighting;
    const ordered = differences.toSorted((a, b) => compareText(a.property.path, b.property.path) || compareText(a.property.change, b.property.change));
    const isNoise = change === 'moved' || cause === 'reverted' || (change === 'modified' && !differences.some(isReal));
    return {
      finding: {
        fingerprint: fingerprintOf(stackId, address),
        address,
        type,
        change: isNoise && change === 'modified' && movedFrom !== null ? 'moved' : change,
        cause,
        properties: ordered.map(({ property }) => property),
        noise: isNoise,
        movedFrom,
      },
      differences: ordered,
    };
  }

  /** A scan that did not look at the code keeps what an earlier one knew of it. */
  function remember({ sides: { code, recorded, live } }: Sighting, last: Recollection | null, drifted: boolean, disagreed: readonly (readonly [string, Cause])[]): Recollection {
    const ofCode = code === undefined && last !== null ? { code: last.code, disagreed: last.disagreed } : { code: hasher.side(code), disagreed: Object.fromEntries(disagreed) };
    return { ...ofCode, recorded: hasher.side(recorded), live: recorded ? null : hasher.side(live), drifted };
  }
}

function nothing(): null {
  return null;
}

/**
 * What it means that a resource is not on every side that was looked at, or null where it is on both that count: the
 * baseline (code, else recorded) and the observed (live, else recorded).
 */
function absenceOf({ code, recorded, live }: Sighting['sides'], last: () => Recollection | null): { change: Change; cause: Cause } | null {
  const observed = live === undefined ? recorded : live;
  if (observed === null) {
    if (recorded) return { change: 'missing', cause: 'live_changed' };
    return code ? { change: 'missing', cause: causeOfAbsence(recorded, last()) } : null;
  }
  if (code === null) return recorded ? { change: 'extra', cause: 'not_applied' } : { change: 'unmanaged', cause: 'unknown' };
  return code === undefined && recorded === null ? { change: 'unmanaged', cause: 'unknown' } : null;
}

/**
 * Where nothing records what was made, only an earlier look can tell what was deleted from what never was. So it is where
 * the record was looked at: code asked for it then and it was recorded, so somebody wrote into the record that it is gone.
 */
function causeOfAbsence(recorded: null | undefined, last: Recollection | null): Cause {
  if (recorded === null) return last !== null && last.code !== null && last.recorded !== null ? 'laundered' : 'not_applied';
  return last !== null && (last.live !== null || last.drifted) ? 'live_changed' : 'unknown';
}

function lens({ values, unknown, sensitive, partial }: Side): Lens {
  return { values, unknown: pathSet(unknown), sensitive: pathSet(sensitive), partial };
}

function isReal({ property }: Difference): boolean {
  return property.noise === null;
}

/** True where the drift already tells what the disagreement with the code would tell again. */
function isToldBy(drift: Difference, disagreement: Difference): boolean {
  return (isReal(drift) || !isReal(disagreement)) && isSamePlace(drift, disagreement);
}

/** One place told twice: one path leads to or into the other, or the same element is missing from the same list. */
function isSamePlace({ property: one }: Difference, { property: other }: Difference): boolean {
  if (startsWith(one.steps, other.steps) || startsWith(other.steps, one.steps)) return true;
  return one.change === other.change && sameJson(one.steps.slice(0, -1), other.steps.slice(0, -1))
    && typeof one.steps.at(-1) === 'number' && sameJson(one.before, other.before) && sameJson(one.after, other.after);
}

function startsWith(path: Path, start: Path): boolean {
  return start.length <= path.length && start.every((step, index) => step === path[index]);
}

function overall(causes: ReadonlyMap<Difference, Cause>): Cause {
  const real = [...causes].filter(([one]) => isReal(one));
  if (real.length > 0) return strongest(real.map(([, cause]) => cause));
  return [...causes.keys()].every(({ property }) => property.noise === 'provider-default') ? 'provider_default' : strongest([...causes.values()]);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
