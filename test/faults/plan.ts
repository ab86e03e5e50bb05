import { seededRandom } from '#test/harness/random.ts';

/** What can happen to a world. Each names whom it hits and, where it lasts, is taken back by the run. */
export type Trouble =
  /** SIGKILL, and started again. */
  | { readonly kind: 'kill'; readonly whom: 'agent'; readonly agent: number }
  | { readonly kind: 'kill'; readonly whom: 'server' }
  /** One connection's process of the database, or all of it; where it is embedded, it dies with its server. */
  | { readonly kind: 'kill'; readonly whom: 'database'; readonly part: 'backend' | 'all' }
  /** Killed, and half of a page of its spool overwritten before it is started again. */
  | { readonly kind: 'corrupt-spool'; readonly agent: number }
  /** SIGSTOP for a while: alive for the kernel, silent for everybody else. */
  | { readonly kind: 'freeze'; readonly whom: 'agent'; readonly agent: number }
  | { readonly kind: 'freeze'; readonly whom: 'server' }
  /** Nobody gets through: connections are refused, or what is sent stays on the way until the partition heals. */
  | { readonly kind: 'partition'; readonly agent: number; readonly how: 'refused' | 'held' }
  /** What is sent on the connection that is open vanishes, both ways, and neither end is told. */
  | { readonly kind: 'half-open'; readonly agent: number }
  | { readonly kind: 'reset'; readonly agent: number }
  | { readonly kind: 'delay'; readonly agent: number; readonly delayMs: number; readonly pieceBytes: number }
  /** One end reads no faster than this. */
  | { readonly kind: 'slow-reader'; readonly agent: number; readonly reader: 'agent' | 'server'; readonly bytesPerSecond: number }
  /** Messages that come twice, in another order, or again from an earlier session. */
  | { readonly kind: 'deliver'; readonly agent: number; readonly to: 'agent' | 'server'; readonly how: 'twice' | 'swapped' | 'again'; readonly messages: number }
  | { readonly kind: 'disk-full'; readonly whom: 'agent'; readonly agent: number }
  | { readonly kind: 'disk-full'; readonly whom: 'server' }
  | { readonly kind: 'clock'; readonly whom: 'agent'; readonly agent: number; readonly byMs: number }
  | { readonly kind: 'clock'; readonly whom: 'server'; readonly byMs: number };

/** A trouble and its moment: after so many bytes more of that agent have gone by, or after a while where none go. */
export interface Event {
  readonly after: { readonly agent: number; readonly bytes: number };
  readonly trouble: Trouble;
  /** It is taken back only when the next trouble has come. */
  readonly overlaps: boolean;
  /** An operator orders a scan of this agent meanwhile. */
  readonly orders: number | null;
}

/** All that a seed decides. */
export interface Plan {
  readonly seed: number;
  readonly database: 'postgres' | 'pglite';
  readonly events: readonly Event[];
}

/** What this machine has. */
export interface Means {
  readonly postgres: boolean;
  /** Small file systems of our own can be made, which needs root. */
  readonly disks: boolean;
}

export const agentsPerWorld = 2;

const hourMs = 3_600_000;
const jumps = [-48 * hourMs, -hourMs, hourMs, 48 * hourMs];
/** Some reports, or the middle of a large one. */
const mostBytes = 80_000;

/** The plan of a seed: the same on every machine that has the same means. */
export function makePlan(seed: number, means: Means): Plan {
  const random = seededRandom(seed);
  const database = pick(['postgres', 'pglite'] as const) === 'postgres' && means.postgres ? 'postgres' : 'pglite';
  const count = 4 + below(5);
  return { seed, database, events: oneClock(Array.from({ length: count }, event)) };

  function event(): Event {
    return {
      after: { agent: below(agentsPerWorld), bytes: below(mostBytes) },
      trouble: trouble(),
      overlaps: random() < 0.35,
      orders: random() < 0.4 ? below(agentsPerWorld) : null,
    };
  }

  function trouble(): Trouble {
    const agent = below(agentsPerWorld);
    const makers: readonly (() => Trouble)[] = [
      () => ({ kind: 'kill', whom: 'agent', agent }),
      () => ({ kind: 'kill', whom: 'agent', agent }),
      () => ({ kind: 'kill', whom: 'server' }),
      () => ({ kind: 'kill', whom: 'database', part: pick(['backend', 'all']) }),
      () => ({ kind: 'corrupt-spool', agent }),
      () => (random() < 0.5 ? { kind: 'freeze', whom: 'agent', agent } : { kind: 'freeze', whom: 'server' }),
      () => ({ kind: 'partition', agent, how: pick(['refused', 'held']) }),
      () => ({ kind: 'half-open', agent }),
      () => ({ kind: 'reset', agent }),
      () => ({ kind: 'delay', agent, delayMs: 1 + below(60), pieceBytes: 1 + below(3_000) }),
      () => ({ kind: 'slow-reader', agent, reader: pick(['agent', 'server']), bytesPerSecond: 2_000 + below(200_000) }),
      () => ({ kind: 'deliver', agent, to: pick(['agent', 'server']), how: pick(['twice', 'swapped', 'again']), messages: 1 + below(5) }),
      () => ({ kind: 'deliver', agent, to: 'server', how: pick(['twice', 'swapped', 'again']), messages: 1 + below(5) }),
      () => (random() < 0.5 ? { kind: 'clock', whom: 'agent', agent, byMs: pick(jumps) } : { kind: 'clock', whom: 'server', byMs: pick(jumps) }),
      ...(means.disks ? [(): Trouble => (random() < 0.6 ? { kind: 'disk-full', whom: 'agent', agent } : { kind: 'disk-full', whom: 'server' })] : []),
    ];
    return pick(makers)();
  }

  function below(limit: number): number {
    return Math.floor(random() * limit);
  }

  function pick<T>(from: readonly T[]): T {
    const chosen = from[below(from.length)];
    if (chosen === undefined) throw new RangeError('nothing to pick from');
    return chosen;
  }
}

/** Two clocks that are wrong alike agree on a time that is wrong: what was seen then counts as newer until it has come. */
function oneClock(events: readonly Event[]): readonly Event[] {
  const first = events.findIndex(({ trouble }) => trouble.kind === 'clock');
  return events.map((event, index) => (event.trouble.kind === 'clock' && index !== first ? { ...event, trouble: { kind: 'reset', agent: event.after.agent } } : event));
}

/** One line a trouble, for whoever looks at a run that failed. */
export function tellPlan({ seed, database, events }: Plan): string {
  const lines = events.map(({ after, trouble, overlaps, orders }) => {
    const { kind, ...rest } = trouble;
    const about = Object.entries(rest).map(([name, value]) => `${name} ${value}`);
    return `  after ${after.bytes} bytes of agent ${after.agent}: ${[kind, ...about].join(', ')}${overlaps ? ', until the next has come' : ''}${orders === null ? '' : `; a scan of agent ${orders} is ordered`}`;
  });
  return [`seed ${seed} on ${database}`, ...lines].join('\n');
}
