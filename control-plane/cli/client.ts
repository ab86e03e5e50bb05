import type { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import type { ClientSettings } from '../config/client-settings.ts';
import { Refusal } from './refusal.ts';

/** Longer than any answer takes; the server itself gives up earlier. */
const timeoutMs = 60_000;

/** One call of the API; a body is sent as JSON. */
export interface Call {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
}

/** Speaks to the HTTP API of a server. */
export interface Client {
  /**
   * The answer as the server gave it.
   * @throws Refusal with the server's own words; Fault `control-plane-unreachable`, `answer-not-understood`.
   */
  call(call: Call): Promise<unknown>;
  /** The bytes of a stream of server-sent events, from behind this event on. @throws as `call` */
  stream(path: string, lastEventId: string): Promise<AsyncIterable<Uint8Array>>;
}

export function createClient({ server, token }: ClientSettings, version: string): Client {
  return { call, stream };

  async function stream(path: string, lastEventId: string): Promise<AsyncIterable<Uint8Array>> {
    const headers = { accept: 'text/event-stream', authorization: `Bearer ${token}`, 'user-agent': `dd0c/${version}`, 'last-event-id': lastEventId };
    const response = await send(new URL(`${server}${path}`), { headers, redirect: 'error' });
    if (!response.ok || response.body === null) throw toRefusal(await response.text(), response.status, server);
    return response.body;
  }

  async function call({ method = 'GET', path, query = {}, body }: Call): Promise<unknown> {
    const url = new URL(`${server}${path}`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    const response = await send(url, {
      method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        'user-agent': `dd0c/${version}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'error', // the token must not follow to another server
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (!response.ok) throw toRefusal(text, response.status, server);
    return text === '' ? null : parse(text, server);
  }

  async function send(url: URL, init: RequestInit): Promise<Response> {
    try {
      return await fetch(url, init);
    } catch (error) {
      throw new Fault('control-plane-unreachable', { server, reason: reasonOf(error) }, { cause: error });
    }
  }
}

/**
 * Reads the fields that a command uses.
 * @throws Fault `answer-not-understood`.
 */
export function read<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  throw new Fault('answer-not-understood', { at: result.error.issues[0]?.path.join('.') }, { cause: result.error });
}

function toRefusal(text: string, status: number, server: string): Error {
  try {
    return new Refusal(JSON.parse(text));
  } catch (error) {
    return new Fault('answer-not-understood', { server, status }, { cause: error });
  }
}

function parse(text: string, server: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Fault('answer-not-understood', { server }, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error instanceof Error ? error.name : 'unknown';
}
