import type { SlicedState } from './sliced-state.ts';

/** Which slices of two states are the same, byte for byte. */
export interface PairedSlices {
  /** True for each slice of the observed state that the baseline holds too. */
  readonly isSame: readonly boolean[];
  /** The slices of the baseline that are not in the observed state. */
  readonly rest: readonly number[];
}

/** So much of a slice names its resource, in nearly every state. */
const headBytes = 200;

/** Among so many slices that begin alike the same one is sought; further ones are taken for different, and compared. */
const maxAlike = 16;

/** Pairs slices of equal bytes, in whatever order they stand: what is in them need be parsed once, and cannot differ. */
export function pairSlices(observed: SlicedState, baseline: SlicedState): PairedSlices {
  const alike = new Map<string, number[]>();
  for (let slice = 0; slice < baseline.slices; slice += 1) {
    const beginning = beginningOf(baseline, slice);
    const others = alike.get(beginning);
    if (others === undefined) alike.set(beginning, [slice]);
    else others.push(slice);
  }
  const taken = new Set<number>();
  const isSame = Array.from({ length: observed.slices }, (_, slice) => takeTwin(slice));
  return { isSame, rest: Array.from({ length: baseline.slices }, (_, slice) => slice).filter((slice) => !taken.has(slice)) };

  function takeTwin(slice: number): boolean {
    const bytes = observed.bytes(slice);
    const twin = (alike.get(beginningOf(observed, slice)) ?? []).slice(0, maxAlike).find((other) => !taken.has(other) && baseline.bytes(other).equals(bytes));
    if (twin !== undefined) taken.add(twin);
    return twin !== undefined;
  }
}

function beginningOf(state: SlicedState, slice: number): string {
  return state.around(slice) + state.bytes(slice).toString('latin1', 0, headBytes);
}
