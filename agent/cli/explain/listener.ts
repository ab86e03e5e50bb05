import { Fault } from '#proto/domain/fault.ts';
import type { Explanation, Listener } from '../../explain/explanation.ts';
import { nameGlob } from '../../ignore/glob.ts';

/** Collects what is said of the resources at one address, or at all that a glob covers. */
export interface Collector {
  readonly listener: Listener;
  /** @throws Fault `address-unknown` where no stack has such a resource, with those that may have been meant */
  heard(): readonly Explanation[];
}

/** More than these are no help. */
const maxMeant = 3;

export function createCollector(asked: string): Collector {
  const covers = nameGlob(asked);
  const explanations: Explanation[] = [];
  const meant = new Set<string>();
  const words = asked.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word.length > 2);
  return {
    listener: {
      concerns(address) {
        if (address === asked || covers(address)) return true;
        if (meant.size < maxMeant && words.length > 0 && words.every((word) => address.toLowerCase().includes(word))) meant.add(address);
        return false;
      },
      tell: (explanation) => void explanations.push(explanation),
    },
    heard() {
      if (explanations.length > 0) return explanations;
      throw new Fault('address-unknown', { address: asked, 'did you mean': meant.size === 0 ? undefined : [...meant].join(' or ') });
    },
  };
}
