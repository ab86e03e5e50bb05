import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { App } from '#control-plane/http/app.ts';
import { routesOf } from './http-door.ts';
import { anyOf, nastyJson, nastyTexts } from './nasty.ts';
import { seededRandom } from './random.ts';

/** What became of malformed requests. */
export interface HttpFuzz {
  readonly sent: number;
  /** How many answers had each status; 0 where the connection was closed without one. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Requests that were answered as if all were well, though they ask for a change, or that made the server fail. */
  readonly wrong: readonly string[];
}

/** Requests that belong to no well-behaved client, by an administrator: `count` of them, the same for a seed. */
export async function fuzzHttp(app: App, { token, seed, count }: { readonly token: string; readonly seed: number; readonly count: number }): Promise<HttpFuzz> {
  const random = seededRandom(seed);
  const routes = routesOf(app);
  const statuses: Record<number, number> = {};
  const wrong: string[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    const { told, status, mayAnswer } = random() < 0.1 ? await raw() : await injected();
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status >= 500 || (status < 400 && status !== 0 && !mayAnswer)) wrong.push(`${told}: ${status}`);
  }
  return { sent: count, statuses, wrong };

  async function injected(): Promise<{ told: string; status: number; mayAnswer: boolean }> {
    const route = anyOf(routes, random);
    const method = random() < 0.85 ? route.method : anyOf(['PUT', 'PATCH', 'DELETE', 'POST', 'OPTIONS', 'HEAD'] as const, random);
    const path = route.path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(anyOf(nastyTexts, random).toWellFormed()));
    const query = random() < 0.4 ? `?${anyOf(['limit', 'cursor', 'stack', 'standing', 'finding', '__proto__', 'a[b]'], random)}=${encodeURIComponent(anyOf(nastyTexts, random).toWellFormed())}` : '';
    const payload = method === 'GET' || method === 'HEAD' ? undefined : body();
    const headers = { ...authorization(), ...(payload === undefined ? {} : { 'content-type': anyOf(['application/json', 'application/json', 'application/json; charset=utf-16', 'text/plain', 'application/xml', 'multipart/form-data'], random) }) };
    const answer = await app.inject({ method, url: path + query, headers, ...(payload !== undefined && { payload }) });
    return { told: `${method} ${path}${query} ${payload?.slice(0, 200) ?? ''}`, status: answer.statusCode, mayAnswer: method === 'GET' || method === 'HEAD' || method === 'OPTIONS' };
  }

  /** Never what a route takes: no JSON, JSON that is no object, or an object with a field that nobody knows. */
  function body(): string {
    const known = ['name', 'role', 'ttlSeconds', 'uses', 'labels', 'networks', 'rule', 'runbook', 'agent', 'finding', 'parameters', 'document', 'publicKey', 'statement', 'signature', 'reason', 'trust', 'approvals', 'step'];
    const makers: readonly (() => string)[] = [
      () => '{"name":',
      () => '['.repeat(20_000),
      () => `{"a":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
      () => JSON.stringify([nastyJson(random)]),
      () => JSON.stringify(anyOf(nastyTexts, random)),
      () => '{"__proto__":{"role":"admin"},"nobody knows":1}',
      () => '{"constructor":{"prototype":{"role":"admin"}}}',
      () => 'a'.repeat(70_000),
      () => JSON.stringify({ ...Object.fromEntries(known.filter(() => random() < 0.4).map((name) => [name, nastyJson(random)])), 'nobody knows': 1 }),
    ];
    return anyOf(makers, random)();
  }

  function authorization(): Record<string, string> {
    const text = anyOf([`Bearer ${token}`, `Bearer ${token}`, `Bearer ${token}`, `bearer  ${token}`, 'Bearer', 'Bearer \u00ff', `Bearer ${'x'.repeat(600)}`, `Basic ${token}`, ''], random);
    return text === '' ? {} : { authorization: text };
  }

  /** Bytes that are hardly HTTP, on a connection of their own. */
  async function raw(): Promise<{ told: string; status: number; mayAnswer: boolean }> {
    const makers: readonly (() => string)[] = [
      () => `${anyOf(nastyTexts, random)}\r\n\r\n`,
      () => `GET ${anyOf(nastyTexts, random)} HTTP/1.1\r\nhost: x\r\n\r\n`,
      () => `POST /v1/tokens HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
      () => `POST /v1/tokens HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-length: -1\r\n\r\n{}`,
      () => `GET /v1/agents HTTP/1.1\r\n${'x: y\r\n'.repeat(4_000)}\r\n`,
      () => `GET /v1/agents HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`,
      () => `\x16\x03\x01${String.fromCodePoint(...Array.from({ length: 200 }, () => Math.floor(random() * 256)))}`,
      () => `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`,
    ];
    const text = anyOf(makers, random)();
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1'); // it listens on TCP
    let answer = '';
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.end(Buffer.from(text, 'latin1'));
    await once(socket, 'close');
    return { told: text.slice(0, 100), status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1] ?? 0), mayAnswer: false };
  }
}
