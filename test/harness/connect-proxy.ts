import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ConnectProxyOptions {
  /** PEM, for a proxy that is spoken to by TLS. */
  readonly tls?: { readonly key: string; readonly certificateChain: string };
  /** What names behind the proxy stand for: nobody else resolves them. */
  readonly hosts: () => Readonly<Record<string, string>>;
  /** The value of Proxy-Authorization without which nobody gets through. */
  readonly login?: string;
  /** Answers this status to everybody, or nothing at all. */
  readonly answer?: number | 'nothing';
}

/** A proxy that opens tunnels, and writes down what it was asked for. */
export interface ConnectProxy {
  readonly port: number;
  readonly asked: readonly string[];
  /** The bytes that came through it from clients. */
  heard(): Buffer;
  close(): void;
}

export async function startConnectProxy({ tls, hosts, login, answer }: ConnectProxyOptions): Promise<ConnectProxy> {
  const asked: string[] = [];
  const heard: Buffer[] = [];
  const open = new Set<Duplex>();
  const server = tls === undefined ? createServer() : createTlsServer({ key: tls.key, cert: tls.certificateChain });
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    const target = request.url ?? '';
    asked.push(target);
    keep(client);
    if (answer === 'nothing') return;
    const status = answer ?? (login !== undefined && request.headers['proxy-authorization'] !== login ? 407 : undefined);
    if (status !== undefined) return void client.end(`HTTP/1.1 ${status} No\r\nContent-Length: 2\r\n\r\nno`);
    const there = hosts()[target];
    if (there === undefined) return void client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const colon = there.lastIndexOf(':');
    const far = connect({ host: there.slice(0, colon), port: Number(there.slice(colon + 1)) }, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.write(head);
      client.on('data', (bytes: Buffer) => heard.push(bytes));
      client.pipe(far).pipe(client);
    });
    keep(far);
  });
  server.on('connection', (socket: Socket) => keep(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    port: (server.address() as AddressInfo).port, // it listens on TCP
    asked,
    heard: () => Buffer.concat(heard),
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };

  function keep(socket: Duplex): void {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
  }
}
