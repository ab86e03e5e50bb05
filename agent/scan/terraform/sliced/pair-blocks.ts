import type { SlicedState } from './sliced-state.ts';

/** Which blocks of two states are the same, byte for byte. */
export interface PairedBlocks {
  /** True for each block of the observed state that the baseline holds too. */
  readonly isSame: readonly boolean[];
  /** The blocks of the baseline that are not in the observed state. */
  readonly rest: readonly number[];
}

/** So much of a block names its resource, in nearly every state. */
const headBytes = 200;

/** Of so many blocks with the same head one is sought; where there are more, the others are taken for different and compared. */
const maxAlike = 16;

/** Pairs blocks of equal bytes, in whatever order they stand: what is in them need be parsed once, and cannot differ. */
export function pairBlocks(observed: SlicedState, baseline: SlicedState): PairedBlocks {
  const alike = new Map<string, number[]>();
  for (let block = 0; block < baseline.blocks; block += 1) {
    const head = headOf(baseline.bytes(block));
    const others = alike.get(head);
    if (others === undefined) alike.set(head, [block]);
    else others.push(block);
  }
  const taken = new Set<number>();
  const isSame = Array.from({ length: observed.blocks }, (_, block) => takeTwin(observed.bytes(block)));
  return { isSame, rest: Array.from({ length: baseline.blocks }, (_, block) => block).filter((block) => !taken.has(block)) };

  function takeTwin(bytes: Buffer): boolean {
    const twin = (alike.get(headOf(bytes)) ?? []).slice(0, maxAlike).find((block) => !taken.has(block) && baseline.bytes(block).equals(bytes));
    if (twin !== undefined) taken.add(twin);
    return twin !== undefined;
  }
}

function headOf(bytes: Buffer): string {
  return bytes.toString('latin1', 0, headBytes);
}
