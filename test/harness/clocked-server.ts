import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Child, runChild } from './child.ts';

const Ready = z.object({ ready: z.literal(true), http: z.string(), grpc: z.string(), enroll: z.string(), caPin: z.string() });

/** A server as a process of its own, by a clock that is not the machine's. */
export interface ClockedServer {
  readonly child: Child;
  readonly ready: z.infer<typeof Ready>;
  /** Asks its HTTP API as the administrator; throws what it refuses. */
  ask(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<unknown>;
  /** A join token. */
  token(): Promise<string>;
  /** Ends it in peace. */
  end(): Promise<void>;
}

const anywhere = { grpc: '127.0.0.1:0', enroll: '127.0.0.1:0' };

/** Starts one whose clock differs by so much; `ports` are those of an earlier one whose agents are to find it. */
export async function startClockedServer(data: string, clockByMs: number, ports: { readonly grpc: string; readonly enroll: string } = anywhere): Promise<ClockedServer> {
  const doors = ['--http', '127.0.0.1:0', '--grpc', ports.grpc, '--enroll', ports.enroll];
  const child = runChild('control-plane/main.ts', ['--data', data, ...doors], { DD0C_TEST_CLOCK_BY_MS: String(clockByMs) }, 'test/faults/shift-clock.ts');
  const ready = await child.says((line): line is z.infer<typeof Ready> => Ready.safeParse(line).success);
  return {
    child,
    ready,
    ask,
    token: async () => z.object({ token: z.string() }).parse(await ask('POST', '/v1/tokens', {})).token,
    async end() {
      child.end();
      await child.exited;
    },
  };

  async function ask(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<unknown> {
    const authorization = `Bearer ${readFileSync(join(data, 'admin-token'), 'utf8').trim()}`;
    const answer = await fetch(`${ready.http}${path}`, { method, headers: { authorization, 'content-type': 'application/json' }, ...(body !== undefined && { body: JSON.stringify(body) }) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }
}
