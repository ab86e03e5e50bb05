import { Fault } from '#proto/domain/fault.ts';
import type { App } from './app.ts';

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

/** Refuses requests of an address that asks too often, before anything is read from the database. */
export function limitRate(app: App, take: Take): void {
  app.addHook('onRequest', async (request, reply) => {
    const waitMs = take(request.ip);
    if (waitMs === 0) return;
    reply.header('retry-after', String(Math.ceil(waitMs / 1_000)));
    throw new Fault('rate-limited');
  });
}

function firstKey(map: ReadonlyMap<string, unknown>): string {
  return map.keys().next().value ?? '';
}
