import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';

/** One request out, of which nothing is taken for granted. */
export interface BoundedRequest {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** PEM; the public authorities where there is none. */
  readonly ca?: string | undefined;
  readonly withinMs: number;
  readonly maxBytes: number;
}

export interface BoundedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/**
 * Sends it and reads the answer whole, bounded in time and size. Redirects are not followed, no proxy variable is obeyed,
 * and headers are those given: none is added from elsewhere.
 */
export async function boundedRequest({ url, method, headers, body = '', ca, withinMs, maxBytes }: BoundedRequest): Promise<BoundedAnswer> {
  const request = url.protocol === 'https:' ? requestTls : requestPlain;
  const { promise, resolve, reject } = Promise.withResolvers<BoundedAnswer>();
  const length = method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
  const sent = request(url, { method, headers: { ...headers, ...length }, agent: false, signal: AbortSignal.timeout(withinMs), ...(ca !== undefined && { ca }) });
  sent.on('error', reject);
  sent.on('response', (response) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    response.on('error', reject);
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) sent.destroy(new Error(`the answer has more than ${maxBytes} bytes`));
      else chunks.push(chunk);
    });
    response.on('end', () => resolve({ status: response.statusCode ?? 0, contentType: response.headers['content-type'] ?? '', body: Buffer.concat(chunks).toString('utf8') }));
  });
  sent.end(body);
  return await promise;
}
