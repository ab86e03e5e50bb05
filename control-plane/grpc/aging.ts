import type { LiveSession, LiveSessions } from './live-sessions.ts';

export interface AgingOptions {
  /** How old a stream may become; each has its own age, up to a tenth to either side. */
  readonly maxAgeMs: number;
  /** A number in [0, 1). */
  readonly random: () => number;
}

/** Agents that came together would go together. */
const spread = 0.1;

/**
 * The same sessions, each of which is asked away when it is old: its agent finishes what it sends, says Goodbye and comes
 * back at once, wherever the load balancer leads it then. So a replica that was added gets its share, and a name that
 * points elsewhere is followed, though nobody restarts anything.
 */
export function agingSessions(live: LiveSessions, { maxAgeMs, random }: AgingOptions): LiveSessions {
  const timers = new Map<LiveSession, NodeJS.Timeout>();

  return {
    get size() {
      return live.size;
    },
    add(session) {
      const ageMs = maxAgeMs * (1 - spread + 2 * spread * random());
      timers.set(session, setTimeout(() => session.drain('the connection is old', 0), ageMs).unref());
      live.add(session);
    },
    remove(session, lastWords) {
      clearTimeout(timers.get(session));
      timers.delete(session);
      live.remove(session, lastWords);
    },
    settled: () => live.settled(),
    find: (agent) => live.find(agent),
    all: () => live.all(),
  };
}
