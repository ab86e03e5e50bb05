/** Above this many addresses at once the longest unseen is forgotten; a full bucket is given back sooner than that. */
const maxAddresses = 10_000;

/** How many seconds of the rate may come at once. */
const burstSeconds = 2;

/** Takes one request from the bucket of an address; answers 0, or the milliseconds until there is one again. */
export type Take = (address: string) => number;

/** A token bucket an address, refilled at `perSecond`; `now` is monotonic, in milliseconds. */
export function createRateLimit({ perSecond, now }: { readonly perSecond: number; readonly now: () => number }): Take {
  const capacity = perSecond * burstSeconds;
  const buckets = new Map<string, { left: number; at: number }>();

  return (address) => {
    const at = now();
    const before = buckets.get(address) ?? { left: capacity, at };
    const left = Math.min(capacity, before.left + ((at - before.at) / 1_000) * perSecond);
    buckets.delete(address); // put back at the end: the map's order is the order of use
    buckets.set(address, { left: Math.max(0, left - 1), at });
    if (buckets.size > maxAddresses) buckets.delete(firstKey(buckets));
    return left >= 1 ? 0 : Math.ceil(((1 - left) / perSecond) * 1_000);
  };
}

function firstKey(map: ReadonlyMap<string, unknown>): string {
  return map.keys().next().value ?? '';
}
