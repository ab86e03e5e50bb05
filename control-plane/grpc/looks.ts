import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import { asFault } from '#proto/domain/fault.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import type { LinkSessions } from '../fleet/link-sessions.ts';
import type { LiveSession } from './live-sessions.ts';

export interface LooksOptions {
  readonly sessions: Pick<LinkSessions, 'look'>;
  readonly log: Pick<Logger, 'error'>;
}

/** One look is for so many sessions at most: the database is asked about all of them in one statement. */
const atOnce = 256;

/**
 * Looks for what sessions may not have heard, at once where nobody of the same tenant is looking; those that ask meanwhile
 * go together with the next look, so that thousands that ask at once cost tens of transactions. A look that fails is not
 * made up for here: what the session was called for still stands in the database, and calls again.
 */
export function createLooks({ sessions, log }: LooksOptions): (session: LiveSession) => void {
  const asking = new Map<TenantId, Set<LiveSession>>();

  return (session) => {
    const { tenant } = session.identity;
    const others = asking.get(tenant);
    if (others !== undefined) return void others.add(session);
    const waiting = new Set([session]);
    asking.set(tenant, waiting);
    void lookAll(tenant, waiting);
  };

  async function lookAll(tenant: TenantId, waiting: Set<LiveSession>): Promise<void> {
    while (waiting.size > 0) {
      await setImmediate(); // sessions that began in one commit look together
      const some = [...waiting].slice(0, atOnce);
      for (const session of some) waiting.delete(session);
      await look(tenant, some).catch((error: unknown) => log.error({ tenant, reason: asFault(error).message }, 'news could not be read'));
    }
    asking.delete(tenant);
  }

  async function look(tenant: TenantId, some: readonly LiveSession[]): Promise<void> {
    const news = await sessions.look(tenant, some.map(({ identity, epoch }) => ({ agent: identity.agent, epoch })));
    for (const session of some) {
      const own = news.get(session.identity.agent);
      if (own !== undefined) session.heed(own);
    }
  }
}
