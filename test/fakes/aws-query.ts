import { createServer } from 'node:http';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** A value of an answer, as the query protocol writes it: lists in `member` elements, absent values left out. */
export type Answer = string | number | boolean | undefined | readonly Answer[] | { readonly [name: string]: Answer };

/** An error as AWS answers it. */
export class AwsRefusal extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export interface AwsRequest {
  readonly action: string;
  readonly params: Readonly<Record<string, string>>;
  /** The access key that signed it, and the region and service it is signed for. */
  readonly signer: string;
  readonly region: string;
}

/** Speaks the query protocol of AWS on loopback until the test has ended; answers its URL. */
export async function serveAwsQuery(answer: (request: AwsRequest) => Answer): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const params = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
      const [, signer = '', region = ''] = /Credential=([^/]+)\/\d+\/([\w-]+)\//.exec(incoming.headers.authorization ?? '') ?? [];
      const action = params['Action'] ?? '';
      const { status, body } = respond(() => answer({ action, params, signer, region }), action);
      outgoing.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

function respond(answer: () => Answer, action: string): { readonly status: number; readonly body: string } {
  try {
    return { status: 200, body: `<${action}Response><${action}Result>${write(answer())}</${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>` };
  } catch (error) {
    const { code, status, message } = error instanceof AwsRefusal ? error : new AwsRefusal('InternalFailure', String(error), 500);
    return { status, body: `<ErrorResponse><Error><Type>Sender</Type>${write({ Code: code, Message: message })}</Error><RequestId>r</RequestId></ErrorResponse>` };
  }
}

function write(value: Answer): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((item: Answer) => `<member>${write(item)}</member>`).join('');
  if (typeof value !== 'object') return escape(String(value));
  return Object.entries(value).map(([name, inner]) => (inner === undefined ? '' : `<${name}>${write(inner)}</${name}>`)).join('');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
