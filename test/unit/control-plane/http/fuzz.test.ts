import { once } from 'node:events';
import { Agent as KeepAlive, type IncomingMessage, request as send } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '#control-plane/http/app.ts';
import { Problem } from '#control-plane/http/problem.ts';
import { createHttpServer } from '#control-plane/http/server.ts';
import { agent as fleetAgent, bearers, fakeHttpParts, finding, stack } from '#test/fakes/http-parts.ts';

let app: App;
let port = 0;
const connections = new KeepAlive({ keepAlive: true });

beforeAll(async () => {
  app = await createHttpServer(fakeHttpParts());
  port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
});

afterAll(async () => {
  connections.destroy();
  await app.close();
});

const segment = fc.oneof(
  fc.constantFrom('v1', 'stacks', 'findings', 'agents', 'tokens', 'api-tokens', 'certificates', 'reports', 'latest', 'scan', 'docs', 'static', '..', '.', '%2e%2e', '%00', '%', ''),
  fc.constantFrom(fleetAgent.id, finding.id, encodeURIComponent(stack.id)),
  fc.string({ unit: 'grapheme', maxLength: 20 }).map(tryEncode),
  fc.string({ maxLength: 8 }),
);
const query = fc.array(
  fc.tuple(fc.constantFrom('limit', 'cursor', 'stack', 'state', 'severity', 'noise', '__proto__', 'constructor'), fc.string({ unit: 'grapheme', maxLength: 10 })),
  { maxLength: 3 },
);
const known = fc.constantFrom('stacks', 'findings', 'agents', 'tokens', 'api-tokens', 'certificates');
const path = fc.oneof(
  fc.array(segment, { maxLength: 6 }),
  fc.tuple(known, fc.array(segment, { maxLength: 3 })).map(([first, rest]) => ['v1', first, ...rest]),
);
const url = fc.tuple(path, query).map(([path, pairs]) => {
  const search = pairs.map(([name, value]) => `${name}=${tryEncode(value)}`).join('&');
  return `/${path.join('/')}${search === '' ? '' : `?${search}`}`.replaceAll(/[^\x21-\x7e]/g, '');
});
const payload = fc.oneof(fc.json(), fc.json({ maxDepth: 1 }).map((json) => json.slice(1)), fc.string(), fc.record({ name: fc.string(), uses: fc.double(), role: fc.string() }, { requiredKeys: [] }).map((body) => JSON.stringify(body)));
const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS');
const contentType = fc.constantFrom('application/json', 'application/json; charset=utf-16', 'text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded', ';', '');
const header = fc.tuple(fc.stringMatching(/^x-[a-z]{1,10}$/), fc.stringMatching(/^[\x20-\x7e]{0,40}$/));
const authorization = fc.oneof({ weight: 3, arbitrary: fc.constant(`Bearer ${bearers.admin}`) }, { weight: 1, arbitrary: fc.stringMatching(/^[\x20-\x7e]{0,60}$/) });

test('whatever is asked, the answer is never a failure of the server, and every error is a problem document', async () => {
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(fc.record({ method, url, payload, contentType, authorization, headers: fc.array(header, { maxLength: 3 }) }), async (request) => {
      const { status, body } = await ask(request);

      seen.add(status);
      expect(status).toBeLessThan(500);
      expect(status < 400 || request.method === 'HEAD' || Problem.parse(JSON.parse(body)).status === status).toBe(true);
    }),
    { numRuns: 1_000 },
  );
  expect([200, 400, 401, 404, 405, 415].filter((status) => !seen.has(status))).toEqual([]); // else it asked too little
});

test('bytes that are not HTTP end their own connection and nothing else', async () => {
  const garbage = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.string().map((line) => Buffer.from(`GET / HTTP/1.1\r\n${line}\r\n\r\n`)),
    fc.constant(Buffer.from('GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n')),
    fc.constant(Buffer.from(`GET / HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(20_000)}\r\n\r\n`)),
  );
  await fc.assert(
    fc.asyncProperty(garbage, async (bytes) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.on('error', () => {}); // a reset is one way of ending it
      await once(socket, 'connect');
      socket.end(bytes);
      const answer = await text(socket).catch(() => '');

      expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
    }),
    { numRuns: 100 },
  );

  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
});

function tryEncode(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly payload: string;
  readonly contentType: string;
  readonly authorization: string;
  readonly headers: readonly (readonly [string, string])[];
}

/** Over a real connection, because the path goes out as it is. */
async function ask({ method, url, payload, contentType, authorization, headers }: Asked): Promise<{ status: number; body: string }> {
  const body = Buffer.from(method === 'GET' || method === 'HEAD' ? '' : payload);
  const told = { authorization, 'content-type': contentType, 'content-length': body.length };
  const request = send({ port, method, path: url, agent: connections, headers: { ...Object.fromEntries(headers), ...told } });
  request.end(body);
  const [response]: [IncomingMessage] = await once(request, 'response') as [IncomingMessage];
  return { status: response.statusCode ?? 0, body: await text(response) };
}
