import { writePath } from '#proto/domain/json.ts';
import type { Normaliser } from '../diff/normaliser.ts';
import type { Chain } from '../normalise/chain.ts';

/** What the comparison asks its rules through, where somebody wants to know everything that they answer. */
export interface Witness {
  readonly normaliser: Normaliser;
  /** Every rule that explained the difference at this path, given the one that it was told by. */
  heard(path: string, by: string): readonly string[];
  forget(): void;
}

/** Asks on after the first answer, and remembers what was said where. The comparison itself sees no difference. */
export function createWitness(chain: Normaliser & Pick<Chain, 'voices'>): Witness {
  const said = new Map<string, (readonly string[])[]>();
  return {
    normaliser: {
      open: (before, after, place) => chain.open(before, after, place),
      collection: (place) => chain.collection(place),
      isMap: (place) => chain.isMap(place),
      isFrame: (place) => chain.isFrame(place),
      unset: (place) => chain.unset(place),
      canonical: (value, place) => chain.canonical(value, place),
      explain(pair, place) {
        const voices = chain.voices(pair, place);
        const [first] = voices;
        if (first === undefined) return null;
        const path = writePath(place.steps);
        said.set(path, [...(said.get(path) ?? []), voices]);
        return first;
      },
    },
    heard: (path, by) => said.get(path)?.findLast(([first]) => first === by) ?? [by],
    forget: () => said.clear(),
  };
}
