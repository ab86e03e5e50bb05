import { lookup } from 'node:dns/promises';
import { createServer as createHttpServer, type IncomingMessage, request as httpRequest, type Server as HttpServer, type ServerResponse } from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AllowList } from './allow-list.ts';
import { destinationOf, dial, type Network, Refusal } from './dial.ts';
import { serveSocks } from './socks.ts';
import { tunnel } from './tunnel.ts';

/** The way out of one step: HTTP, HTTPS by CONNECT, and SOCKS 5, at one port. */
export interface Proxy {
  /** Serves a socket that listens already, in whatever network it was made; takes the descriptor over. */
  serve(fd: number): Promise<void>;
  /** Listens on loopback of this host and answers the port. Only connections that were told of are served. */
  listen(): Promise<number>;
  /** Tells of a connection by the port that it comes from. */
  expect(port: number): void;
  close(): Promise<void>;
}

const theHost: Network = {
  lookup: async (name) => lookup(name, { all: true }),
  connect: (address, port) => connect({ host: address, port }),
};

/** Belongs to others on this host: nobody told of it within this time. */
const strangerMs = 1_000;

/** A proxy that reaches what the list permits. */
export function openProxy(allowed: AllowList, network: Network = theHost): Proxy {
  const http = httpSide(allowed, network);
  const open = new Set<Socket>();
  const expected = new Map<number, (() => void) | null>();
  let guarded = false;
  const server: Server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    if (guarded) awaitWord(socket);
    else begin(socket);
  });
  return { serve, listen, expect, close };

  async function serve(fd: number): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ fd }, resolve);
    });
  }

  async function listen(): Promise<number> {
    guarded = true;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  }

  function expect(port: number): void {
    const waiting = expected.get(port);
    if (waiting === undefined) expected.set(port, null);
    else waiting?.();
  }

  function awaitWord(socket: Socket): void {
    const port = socket.remotePort ?? 0;
    if (expected.get(port) === null) {
      expected.delete(port);
      begin(socket);
      return;
    }
    const timer = setTimeout(() => socket.destroy(), strangerMs);
    socket.once('close', () => {
      clearTimeout(timer);
      expected.delete(port);
    });
    expected.set(port, () => {
      clearTimeout(timer);
      expected.delete(port);
      begin(socket);
    });
  }

  function begin(socket: Socket): void {
    socket.once('data', (first: Buffer) => {
      socket.pause();
      if (first[0] === 5) {
        void serveSocks(socket, first, allowed, network);
        return;
      }
      socket.unshift(first);
      http.emit('connection', socket);
      socket.resume();
    });
    socket.resume();
  }

  async function close(): Promise<void> {
    for (const socket of open) socket.destroy();
    http.closeAllConnections();
    await new Promise<void>((resolve) => void (server.listening ? server.close(() => resolve()) : resolve()));
  }
}

/** Requests in absolute form, and CONNECT. Node's parser is strict about what a request is; each one is checked by itself. */
function httpSide(allowed: AllowList, network: Network): HttpServer {
  const server = createHttpServer((request, response) => void forward(request, response, allowed, network));
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => void connectTo(request, client, head, allowed, network));
  server.on('upgrade', (_request: IncomingMessage, client: Duplex) => client.destroy());
  server.on('clientError', (_error, client: Duplex) => client.destroy());
  return server;
}

async function connectTo({ url = '' }: IncomingMessage, client: Duplex, head: Buffer, allowed: AllowList, network: Network): Promise<void> {
  client.on('error', () => client.destroy());
  try {
    const [, host = '', port = ''] = /^(\[[0-9a-fA-F:.]+\]|[^:]*):(\d{1,5})$/.exec(url) ?? [];
    const destination = destinationOf(host, Number(port));
    const upstream = await dial(destination, allowed, network);
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    tunnel(client, upstream, destination, head);
  } catch (error) {
    client.end(`HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n${told(error)}\n`);
  }
}

/** Hop-by-hop, or the proxy's own. */
const notForwarded = new Set(['connection', 'proxy-connection', 'proxy-authorization', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'host']);

async function forward(request: IncomingMessage, response: ServerResponse, allowed: AllowList, network: Network): Promise<void> {
  try {
    const url = URL.parse(request.url ?? '');
    if (url === null || url.protocol !== 'http:' || /[\0-\x20\x7f]/.test(request.url ?? '')) throw new Refusal('the request does not name an http address');
    const destination = destinationOf(decodeURIComponent(url.hostname), url.port === '' ? 80 : Number(url.port));
    const socket = await dial(destination, allowed, network);
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !notForwarded.has(name)));
    const upstream = httpRequest({
      createConnection: () => socket,
      method: request.method,
      path: `${url.pathname}${url.search}`,
      headers: { ...headers, host: url.host, connection: 'close' }, // the host that was checked, whatever the step wrote
    });
    upstream.once('response', (answer) => {
      const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...back } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, back);
      answer.pipe(response);
    });
    upstream.once('error', () => response.destroy());
    request.pipe(upstream);
  } catch (error) {
    response.writeHead(403, { 'content-type': 'text/plain', connection: 'close' }).end(`${told(error)}\n`);
  }
}

function told(error: unknown): string {
  return error instanceof Refusal ? `refused by the sandbox: ${error.message}` : 'refused by the sandbox';
}
