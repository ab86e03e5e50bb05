import type { Gap } from '#proto/domain/resource.ts';
import type { RecordedResource } from './recorded.ts';

/** Why a second object of an address is left out. */
export const heldTwice = 'the state holds this address twice';

/** Gathers the objects of a state, each address once; a second object of the same address is a gap. */
export function createCollector() {
  const resources = new Map<string, RecordedResource>();
  const data: RecordedResource[] = [];
  const gaps: Gap[] = [];
  return { add, addData, unreadable, resources, data, gaps };

  function add(resource: RecordedResource): void {
    if (resources.has(resource.address)) return unreadable(resource.address, heldTwice);
    resources.set(resource.address, resource);
  }

  function addData(resource: RecordedResource): void {
    data.push(resource);
  }

  function unreadable(address: string, reason: string): void {
    gaps.push({ address, state: 'unreadable', reason });
  }
}

export type Collector = ReturnType<typeof createCollector>;
