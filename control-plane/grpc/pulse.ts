import type { Logger } from 'pino';
import { asFault } from '#proto/domain/fault.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import type { LinkSessions } from '../fleet/link-sessions.ts';
import type { LiveSession, LiveSessions } from './live-sessions.ts';

export interface PulseOptions {
  readonly sessions: Pick<LinkSessions, 'pulse'>;
  readonly live: LiveSessions;
  readonly log: Pick<Logger, 'error'>;
  readonly intervalMs: number;
}

/** So that no transaction is long, and others have their turn between. */
const atOnce = 256;

/**
 * Writes what all live sessions said lately, hundreds in a transaction rather than one a heartbeat, and tells them
 * what the database knows: orders, and why they have to end, where nobody called them.
 * Answers how to stop; the last round is written before that resolves.
 */
export function startPulse({ sessions, live, log, intervalMs }: PulseOptions): () => Promise<void> {
  const written = new WeakMap<LiveSession, number>();
  let round: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    round = round.then(beat);
  }, intervalMs);

  return async () => {
    clearInterval(timer);
    await round.then(beat);
  };

  async function beat(): Promise<void> {
    const heard = live.all().filter((session) => written.get(session) !== session.vitals().atMs) // not earlier: a clock may be put back;
    for (const [tenant, members] of Map.groupBy(heard, ({ identity }) => identity.tenant)) {
      for (let from = 0; from < members.length; from += atOnce) {
        await beatTenant(tenant, members.slice(from, from + atOnce)).catch((error: unknown) => log.error({ tenant, reason: asFault(error).message }, 'heartbeats could not be written'));
      }
    }
  }

  async function beatTenant(tenant: TenantId, members: readonly LiveSession[]): Promise<void> {
    const pulses = members.map((session) => session.vitals());
    const news = await sessions.pulse(tenant, pulses);
    for (const [index, session] of members.entries()) {
      written.set(session, pulses[index]?.atMs ?? 0);
      const own = news.get(session.identity.agent);
      if (own !== undefined) session.heed(own);
    }
  }
}
