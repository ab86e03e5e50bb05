import { Fault } from '#proto/domain/fault.ts';
import type { Take } from '../admission/rate-limit.ts';
import type { App } from './app.ts';

/** Refuses requests of an address that asks too often, before anything is read from the database. */
export function limitRate(app: App, take: Take): void {
  app.addHook('onRequest', async (request, reply) => {
    const waitMs = take(request.ip);
    if (waitMs === 0) return;
    reply.header('retry-after', String(Math.ceil(waitMs / 1_000)));
    throw new Fault('rate-limited');
  });
}
