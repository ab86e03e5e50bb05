import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

export interface FakeStateServer {
  readonly url: string;
  /** `GET /path` and the headers that tell who asks. */
  readonly asked: { readonly line: string; readonly authorization: string | undefined; readonly token: string | undefined }[];
}

/** A server of states on loopback, gone when the test has ended. */
export async function fakeStateServer(answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void): Promise<FakeStateServer> {
  const asked: FakeStateServer['asked'] = [];
  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    const token = headers['x-token'];
    asked.push({ line: `${method} ${url}`, authorization: headers.authorization, token: typeof token === 'string' ? token : undefined });
    answer(incoming, outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, asked };
}
