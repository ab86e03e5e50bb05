import { Fault } from '#proto/domain/fault.ts';
import { boundedRequest } from './bounded-request.ts';
import { KeySet } from './rules.ts';

/** Where a key set is. */
export interface KeySetPlace {
  readonly url: string;
  readonly ca?: string | undefined;
}

/** Key sets that lie elsewhere, kept for some minutes. */
export interface KeySets {
  /**
   * `fresh` asks for one that is newer than what did not have the key; it is fetched again only after some time, so that
   * tokens with made-up key ids do not make us ask a cluster without end.
   * @throws Fault `attestation-unchecked`
   */
  get(place: KeySetPlace, want: 'known' | 'fresh'): Promise<KeySet>;
}

interface Kept {
  readonly set: Promise<KeySet>;
  readonly at: number;
}

const keptMs = 10 * 60_000;
const againMs = 30_000;
const withinMs = 5_000;
const maxBytes = 64 * 1024;
/** Above this many the one fetched first is forgotten. */
const maxSets = 1_000;

/** `now` is monotonic, in milliseconds. */
export function createKeySets(now: () => number): KeySets {
  const kept = new Map<string, Kept>();
  return { get };

  async function get(place: KeySetPlace, want: 'known' | 'fresh'): Promise<KeySet> {
    const name = JSON.stringify([place.url, place.ca ?? '']);
    const before = kept.get(name);
    if (before !== undefined && now() - before.at < (want === 'fresh' ? againMs : keptMs)) return await before.set;
    const set = fetchSet(place);
    kept.delete(name);
    kept.set(name, { set, at: now() });
    const [oldest] = kept.keys();
    if (kept.size > maxSets && oldest !== undefined) kept.delete(oldest);
    set.catch(() => {
      if (kept.get(name)?.set === set) kept.delete(name);
    });
    return await set;
  }
}

async function fetchSet({ url, ca }: KeySetPlace): Promise<KeySet> {
  try {
    const { status, body } = await boundedRequest({ url: new URL(url), method: 'GET', headers: { accept: 'application/json, application/jwk-set+json' }, ca, withinMs, maxBytes });
    if (status !== 200) throw new Fault('attestation-unchecked', { reason: 'the keys of the cluster are not to be had', status });
    return KeySet.parse(JSON.parse(body));
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    // what was answered is not told: the address is an administrator's word, and what lies there may be nobody's business
    throw new Fault('attestation-unchecked', { reason: 'the keys of the cluster could not be fetched, or are none' }, { cause });
  }
}
