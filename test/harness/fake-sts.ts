import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** Who is behind an access key. */
export interface Holder {
  readonly secret: string;
  readonly arn: string;
  readonly account: string;
  readonly token?: string;
}

/** A request as it arrived. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** STS as far as it concerns joining: it verifies signatures (Signature Version 4) as AWS describes them, written apart from the SDK. */
export interface FakeSts {
  readonly url: URL;
  readonly heard: Heard[];
  readonly holders: Map<string, Holder>;
  /** Answers everything with this from now on, or by the rules again. */
  answerWith(answer: Answer | null): void;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export async function startFakeSts(): Promise<FakeSts> {
  const heard: Heard[] = [];
  const holders = new Map<string, Holder>();
  let fixed: Answer | null = null;
  const server = createServer((request, response) => void serve(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    heard,
    holders,
    answerWith: (answer) => void (fixed = answer),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: await text(request) };
    heard.push(asked);
    const { status, headers, body } = fixed ?? judge(asked, holders);
    response.writeHead(status, { 'content-type': 'text/xml', ...headers }).end(body);
  }
}

/** The answer of STS to the letter. */
export function callerIdentityXml({ arn, account }: Pick<Holder, 'arn' | 'account'>): string {
  return `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">\n  <GetCallerIdentityResult>\n    <Arn>${arn}</Arn>\n    <UserId>AROAEXAMPLE:session</UserId>\n    <Account>${account}</Account>\n  </GetCallerIdentityResult>\n  <ResponseMetadata>\n    <RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId>\n  </ResponseMetadata>\n</GetCallerIdentityResponse>\n`;
}

function judge(asked: Heard, holders: FakeSts['holders']): Answer {
  const [, key = '', day = '', region = '', names = '', signature = ''] = /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d+)\/([^/]+)\/sts\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/.exec(asked.headers.authorization ?? '') ?? [];
  const holder = holders.get(key);
  if (holder === undefined || holder.token !== asked.headers['x-amz-security-token']) return refusal('InvalidClientTokenId');
  const canonical = [asked.method, asked.path, '', ...names.split(';').map((name) => `${name}:${String(asked.headers[name]).trim()}`), '', names, sha256(asked.body)].join('\n');
  const scope = `${day}/${region}/sts/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', asked.headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const signing = [day, region, 'sts', 'aws4_request'].reduce<string | Buffer>((secret, part) => createHmac('sha256', secret).update(part).digest(), `AWS4${holder.secret}`);
  if (createHmac('sha256', signing).update(text).digest('hex') !== signature) return refusal('SignatureDoesNotMatch');
  if (asked.body !== 'Action=GetCallerIdentity&Version=2011-06-15') return refusal('InvalidAction');
  return { status: 200, body: callerIdentityXml(holder) };
}

function refusal(code: string): Answer {
  return { status: 403, body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>` };
}

function sha256(data: string): string {
  return createHash('sha256').update(data).digest('hex');
}
