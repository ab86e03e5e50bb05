import { Agent as HttpAgent, type IncomingMessage, request as requestHttp, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '#proto/domain/fault.ts';
import { maxSourceBytes } from '../../source/read-bytes.ts';

export interface StateRequest {
  /** Without user and password. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly credentials: { readonly username: string; readonly password: string } | null;
  /** In PEM. */
  readonly tls: { readonly ca?: string | undefined; readonly cert?: string | undefined; readonly key?: string | undefined };
  /** For people: no query, no user. */
  readonly source: string;
  /** For HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

const maxRedirects = 5;
const attempts = 3;
const waitMs = 500;
const timeoutMs = 60_000;

/**
 * Gets a state, or null where there is none yet. It only ever reads: no lock, no other method than GET. A redirect is
 * followed, but not from https to http, and what identifies us goes to no other origin than the one that was named.
 * @throws Fault `backend-refused`, `backend-insecure`, `backend-unreachable`, `backend-failed`, `source-too-large`
 */
export async function fetchState(wanted: StateRequest, signal: AbortSignal): Promise<Buffer | null> {
  refuseBareCredentials(wanted);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await follow(wanted, signal);
    } catch (error) {
      signal.throwIfAborted();
      const fault = error instanceof Fault ? error : unreachable(error, wanted);
      const isPassing = fault.code === 'backend-unreachable' || Number(fault.facts['status']) >= 500;
      if (!isPassing || attempt >= attempts) throw fault;
      await sleep(waitMs * attempt, undefined, { signal });
    }
  }
}

async function follow(wanted: StateRequest, signal: AbortSignal): Promise<Buffer | null> {
  const { source } = wanted;
  let { url } = wanted;
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    const answer = await get(url, wanted, signal);
    const { statusCode: status = 0, headers } = answer;
    if (status === 200) return await bodyOf(answer, source);
    answer.destroy();
    if (status === 204 || status === 404) return null;
    if (status === 401 || status === 403) throw new Fault('backend-refused', { source, status });
    if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) throw new Fault('backend-failed', { source, status });
    url = nextUrl(headers.location, url, source);
  }
  throw new Fault('backend-failed', { source, reason: `more than ${maxRedirects} redirects` });
}

function nextUrl(location: string, from: URL, source: string): URL {
  const url = URL.canParse(location, from) ? new URL(location, from) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw new Fault('backend-failed', { source, reason: 'it redirects to what is no web address' });
  if (from.protocol === 'https:' && url.protocol === 'http:') throw new Fault('backend-insecure', { source, reason: 'it redirects from https to http' });
  return url;
}

function get(url: URL, { url: named, headers, credentials, tls, env }: StateRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const isNamed = url.origin === named.origin;
  const authorization = credentials === null ? {} : { authorization: `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}` };
  const options: RequestOptions = { method: 'GET', headers: { accept: 'application/json', ...(isNamed && { ...headers, ...authorization }) }, signal, timeout: timeoutMs };
  const identity = isNamed ? { cert: tls.cert, key: tls.key } : {};
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sent = url.protocol === 'https:' ? requestHttps(url, { ...options, ca: tls.ca, ...identity, agent: new HttpsAgent({ proxyEnv: env, ca: tls.ca, ...identity }) }, resolve) : requestHttp(url, { ...options, agent: new HttpAgent({ proxyEnv: env }) }, resolve);
  sent.on('error', reject).on('timeout', () => sent.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }))).end();
  return promise;
}

async function bodyOf(answer: IncomingMessage, source: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    const part: unknown = chunk;
    if (!Buffer.isBuffer(part)) continue;
    chunks.push(part);
    bytes += part.length;
    if (bytes > maxSourceBytes) throw new Fault('source-too-large', { source, bytes, limit: maxSourceBytes });
  }
  return Buffer.concat(chunks);
}

/** Over plain http everybody on the way could read them; to this host itself there is no way. */
function refuseBareCredentials({ url, credentials, headers, source }: StateRequest): void {
  const isLocal = url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(url.hostname);
  const isBare = url.protocol === 'http:' && !isLocal && (credentials !== null || Object.keys(headers).length > 0);
  if (isBare) throw new Fault('backend-insecure', { source, reason: 'credentials are not sent over plain http' });
}

function unreachable(cause: unknown, { source }: StateRequest): Fault {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  return new Fault('backend-unreachable', { source, reason }, { cause });
}
