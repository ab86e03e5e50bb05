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

/**
 * Writes what all live sessions said lately, one transaction a tenant rather than one a heartbeat, and tells them
 * what the database knows: orders, and why they have to end, where nobody called them in this process.
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
    const heard = live.all().filter((session) => (written.get(session) ?? 0) < session.vitals().atMs);
    for (const [tenant, members] of Map.groupBy(heard, ({ identity }) => identity.tenant)) {
      await beatTenant(tenant, members).catch((error: unknown) => log.error({ tenant, reason: asFault(error).message }, 'heartbeats could not be written'));
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
