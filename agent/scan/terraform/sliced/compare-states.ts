import type { Gap, Side, Sighting } from '#proto/domain/resource.ts';
import type { OpenStack } from '../../scanner.ts';
import { heldTwice } from '../recorded/collect.ts';
import type { RecordedResource } from '../recorded/recorded.ts';
import { pairSlices } from './pair-slices.ts';
import type { SlicedState } from './sliced-state.ts';

/**
 * A state against an earlier or a changed copy of it, one slice after the other: of neither is there ever more in memory
 * than its bytes and the slice at hand. What differs in the baseline is read at once, so that what is wrong with it is
 * said before anything is compared.
 * @throws Fault what `SlicedState.read` throws
 */
export function compareStates(observed: SlicedState, baseline: SlicedState, against: string): OpenStack {
  const { isSame, rest } = pairSlices(observed, baseline);
  const others = createLookup(baseline, rest);
  for (const [slice, same] of isSame.entries()) if (!same) observed.read(slice);
  let gaps: Gap[] = [];
  const { lineage, serial } = observed;
  return { id: lineage, against, lineage, serial, sightings, gaps: () => gaps };

  function* sightings(): Generator<Sighting> {
    gaps = [];
    const seen = new Set<string>();
    for (const [slice, same] of isSame.entries()) {
      const content = observed.read(slice);
      gaps.push(...content.gaps);
      for (const resource of content.resources) {
        if (seen.has(resource.address)) gaps.push({ address: resource.address, state: 'unreadable', reason: heldTwice });
        else yield sightingOf(resource, { code: same && !others.has(resource.address) ? resource.side : (others.find(resource.address)?.side ?? null), recorded: resource.side });
        seen.add(resource.address);
      }
    }
    for (const address of others.addresses()) {
      const gone = seen.has(address) ? undefined : others.find(address);
      if (gone !== undefined) yield sightingOf(gone, { code: gone.side, recorded: null });
    }
  }
}

function sightingOf({ address, type, provider, id }: RecordedResource, sides: { readonly code: Side | null; readonly recorded: Side | null }): Sighting {
  return { address, type, provider, id, sides, movedFrom: null, ignored: [] };
}

/** Finds the resources of some slices by their addresses; only the slice last asked for stays in memory. */
function createLookup(state: SlicedState, slices: readonly number[]) {
  const sliceOf = new Map<string, number>();
  for (const slice of slices) {
    for (const { address } of state.read(slice).resources) if (!sliceOf.has(address)) sliceOf.set(address, slice);
  }
  let last: { readonly slice: number; readonly resources: ReadonlyMap<string, RecordedResource> } | null = null;
  return { has: (address: string) => sliceOf.has(address), addresses: () => sliceOf.keys(), find };

  function find(address: string): RecordedResource | undefined {
    const slice = sliceOf.get(address);
    if (slice === undefined) return undefined;
    // The first of two resources of one address counts.
    if (last?.slice !== slice) last = { slice, resources: new Map(state.read(slice).resources.toReversed().map((resource) => [resource.address, resource])) };
    return last.resources.get(address);
  }
}
