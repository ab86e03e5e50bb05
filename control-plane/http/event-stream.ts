import { once } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';

/** One server-sent event; a client that comes back says the id of the last that it saw. */
export interface SentEvent {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

/**
 * A stream ends after this, and its client comes back with its last id and its token: so a token that was revoked
 * meanwhile watches no longer than this.
 */
const lastsMs = 5 * 60_000;
/** Proxies cut what is silent for a minute. */
const beatEveryMs = 15_000;
/** How long a client is asked to wait before it comes back. */
const retryMs = 1_000;

export interface EventStreams {
  /** Sends events until there are no more, the client leaves, the server stops or the time is up. */
  send(request: FastifyRequest, reply: FastifyReply, events: (signal: AbortSignal) => AsyncIterable<SentEvent>): Promise<void>;
}

/** Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export function createEventStreams(app: App): EventStreams {
  const stopping = new AbortController();
  app.addHook('preClose', async () => stopping.abort());
  return { send };

  async function send(request: FastifyRequest, reply: FastifyReply, events: (signal: AbortSignal) => AsyncIterable<SentEvent>): Promise<void> {
    const gone = new AbortController();
    request.raw.socket.once('close', () => gone.abort());
    const signal = AbortSignal.any([stopping.signal, gone.signal, AbortSignal.timeout(lastsMs)]);
    const source = events(signal)[Symbol.asyncIterator]();
    let result = await source.next(); // what is wrong with the request is told as a problem, before anything is sent

    reply.hijack();
    const { raw } = reply;
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
    raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    raw.write(`retry: ${retryMs}\n\n`);
    const beat = setInterval(() => raw.write(':\n\n'), beatEveryMs);
    try {
      for (; result.done !== true && !signal.aborted; result = await source.next()) {
        const { id, event, data } = result.value;
        if (!raw.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)) await once(raw, 'drain', { signal }).catch(() => {});
      }
    } catch (error) {
      request.log.error({ err: error }, 'an event stream broke off'); // its client comes back
    } finally {
      clearInterval(beat);
      raw.end();
    }
  }
}
