import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Endpoint, isLoopback, writeEndpoint } from './config/endpoint.ts';
import type { App } from './http/app.ts';

/** Answers what is under way; whoever is still asking after the grace is cut off. */
export async function closeHttp(http: App, graceMs: number): Promise<void> {
  const done = new AbortController();
  const cutOff = sleep(graceMs, undefined, { signal: done.signal }).then(
    () => http.server.closeAllConnections(),
    () => {},
  );
  await http.close();
  done.abort();
  await cutOff;
}

/** Says loudly that API tokens can be read on the way. */
export function warnOfPlainText(http: Endpoint, log: Pick<Logger, 'warn'>): void {
  if (isLoopback(http.host)) return;
  log.warn({ http: writeEndpoint(http) }, 'THE HTTP API LISTENS BEYOND THIS MACHINE WITHOUT TLS: API tokens travel in the clear unless a proxy with TLS stands in front');
}
