import http from 'node:http';
import https from 'node:https';
import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { KubernetesObject } from '../documents.ts';
import type { Connection } from './connection.ts';
import { answerOf, type ApiAnswer } from './api-answer.ts';

/** The verbs that a comparison needs. Nothing else can be asked through it, and nothing in it writes. */
export interface ApiClient {
  /** Never throws for what the server answers; a connection that fails is an answer too. */
  get(path: string): Promise<ApiAnswer>;
  /** The same of a list, with the metadata of its items alone: what they hold is not sent. */
  listMetadata(path: string): Promise<ApiAnswer>;
  /** What the object would be if the manifest were applied: defaulting, conversion and admission run, nothing is kept. */
  applyDryRun(path: string, manifest: KubernetesObject): Promise<ApiAnswer>;
  close(): void;
}

/** The field manager under which fields would be owned. */
const dryRunManager = 'dd0c';

const dryRunQuery = new URLSearchParams({ fieldManager: dryRunManager, force: 'true', dryRun: 'All' }).toString();

/** Connections at once; with it, requests at once. */
export const requestsAtOnce = 5;

/** https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches */
const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** How often a throttled request is tried again, and the longest wait that is honoured. */
const retries = 3;
const longestWaitMs = 10_000;

/** An answer larger than this is not an object of the API (etcd keeps 1.5 MB each). */
const maxAnswerBytes = 64 * 1024 * 1024;

/** Speaks to an API server until the signal aborts. */
export function createApiClient({ server, tls, authorization, proxyEnv }: Omit<Connection, 'namespace'>, signal: AbortSignal): ApiClient {
  const isSecure = server.protocol === 'https:';
  const shared = { keepAlive: true, maxSockets: requestsAtOnce, proxyEnv };
  const agent = isSecure ? new https.Agent({ ...shared, ...present(tls) }) : new http.Agent(shared);

  return {
    get: (path) => patiently({ method: 'GET', path }),
    listMetadata: (path) => patiently({ method: 'GET', path, accept: metadataOnly }),
    applyDryRun: (path, manifest) => patiently({ method: 'PATCH', path: `${path}?${dryRunQuery}`, body: JSON.stringify(manifest) }),
    close: () => agent.destroy(),
  };

  async function patiently(request: Request): Promise<ApiAnswer> {
    for (let tried = 0; ; tried += 1) {
      const answer = await ask(request);
      if (answer.kind !== 'refused' || answer.code !== 429 || tried === retries || answer.retryAfterMs === null || answer.retryAfterMs > longestWaitMs) return answer;
      await pause(answer.retryAfterMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async function ask({ method, path, accept = 'application/json', body }: Request): Promise<ApiAnswer> {
    if (signal.aborted) return { kind: 'unanswered', reason: 'the time limit was reached' };
    const headers = {
      accept,
      'user-agent': 'dd0c-agent',
      ...(body === undefined ? {} : { 'content-type': 'application/apply-patch+yaml', 'content-length': Buffer.byteLength(body) }),
      ...(authorization === null || !isSecure ? {} : { authorization }), // never in clear
    };
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const request = (isSecure ? https : http).request(new URL(path, server), { agent, method, headers, signal }, resolve);
        request.once('error', reject);
        request.end(body);
      });
      return answerOf(response.statusCode ?? 0, response.headers['retry-after'], await textOf(response));
    } catch (error) {
      return { kind: 'unanswered', reason: signal.aborted ? 'the time limit was reached' : codeOf(error) };
    }
  }
}

interface Request {
  readonly method: 'GET' | 'PATCH';
  /** Relative to the server, which may itself lie below a path. */
  readonly path: string;
  readonly accept?: string;
  readonly body?: string;
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) throw new Error('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

function present<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}
