import { z } from 'zod';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.ts';

/** One server-sent event. */
export interface ServerEvent {
  readonly id: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const Data = z.record(z.string(), z.unknown());

/** How long to wait before asking again, where the stream broke off. */
const retryMs = 1_000;
/** After so many breaks in a row without a single event the error is told. */
const maxBreaks = 30;

/**
 * The events at an address, from the first, across breaks: it comes back with the id of the last event, and ends with
 * the first of the kind that `isLast` names.
 */
export async function* followEvents(client: Pick<Client, 'stream'>, path: string, isLast: (event: ServerEvent) => boolean): AsyncIterable<ServerEvent> {
  let last = '0';
  let breaks = 0;
  for (;;) {
    try {
      for await (const event of parseEvents(await client.stream(path, last))) {
        last = event.id;
        breaks = 0;
        yield event;
        if (isLast(event)) return;
      }
    } catch (error) {
      breaks += 1;
      if (breaks >= maxBreaks || !isPassing(error)) throw error;
    }
    await sleep(retryMs);
  }
}

/** Cut off, or a server that is being restarted; what the server itself refused will not change. */
function isPassing(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError' || ('code' in error && error.code === 'control-plane-unreachable')));
}

async function* parseEvents(chunks: AsyncIterable<Uint8Array>): AsyncIterable<ServerEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
      const [id, event, data] = [fields.get('id'), fields.get('event'), fields.get('data')];
      if (id !== undefined && event !== undefined && data !== undefined) yield { id, event, data: Data.parse(JSON.parse(data)) };
    }
  }
}
