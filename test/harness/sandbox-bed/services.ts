import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What listens in the bed, and what it saw. */
export interface Services {
  readonly ports: Readonly<Record<'tcp' | 'udp' | 'free' | 'reuse', number>>;
  udpSeen(): number;
  datagramsSeen(): number;
  /** Host headers that the allowed web server was sent. */
  hostsSeen(): readonly string[];
}

export interface ServiceOptions {
  readonly secret: string;
  readonly socket: string;
  readonly datagram: string;
  readonly abstract: string;
  readonly tls: { readonly key: string; readonly cert: string };
}

/** Starts all that a step could be tempted by. */
export async function startServices({ secret, socket, datagram, abstract, tls }: ServiceOptions): Promise<Services> {
  const answering = (): Server =>
    createServer((client) => {
      client.on('error', () => {});
      client.once('data', () => client.end(`${secret}\n`));
    });
  const tcp = await listening(answering(), { host: '::', port: 0 });
  await listening(answering(), { path: socket });
  await listening(answering(), { path: `\0${abstract}` });
  const reuse = await listening(createServer((client) => client.end('AGENT')), { host: '127.0.0.1', port: 0, reusePort: true });
  const free = await listening(createServer(), { host: '127.0.0.1', port: 0 });
  free.close();
  let udpSeen = 0;
  const udp = createSocket('udp4', () => (udpSeen += 1));
  udp.bind(0, '127.0.0.1');
  await once(udp, 'listening');
  const hosts: string[] = [];
  const allowed = createHttpServer((request, response) => {
    hosts.push(request.headers.host ?? '');
    response.end('ALLOWED-CONTENT\n');
  });
  for (const port of [80, 22, 2379]) await listening(port === 80 ? allowed : createHttpServer((_, response) => response.end(`${secret}\n`)), { host: '51.15.77.1', port });
  const evil = createHttpServer((_, response) => response.end(`${secret}\n`));
  await listening(evil, { host: '51.15.77.2', port: 80 });
  await listening(createHttpServer((_, response) => response.end(`${secret}\n`)), { host: '169.254.169.254', port: 80 });
  await listening(createHttpServer((_, response) => response.end(`${secret}\n`)), { host: '127.0.0.1', port: 80 });
  await listening(createHttpServer((_, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end()), { host: '51.15.77.3', port: 80 });
  await listening(createHttpsServer(tls, (request, response) => response.end(request.headers.host?.startsWith('allowed.test') === true ? 'ALLOWED-CONTENT\n' : `${secret}\n`)), { host: '51.15.77.1', port: 443 });
  await listening(createHttpsServer(tls, (_, response) => response.end(`${secret}\n`)), { host: '51.15.77.2', port: 443 });
  const datagramLog = '/run/sbx-datagrams';
  const program = `import socket,os\ns=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM);s.bind(${JSON.stringify(datagram)});os.chmod(${JSON.stringify(datagram)},0o777)\nwhile True:\n  s.recv(65536);open(${JSON.stringify(datagramLog)},'a').write('x')`;
  spawn('python3', ['-c', program], { stdio: 'ignore' });
  while (!existsSync(datagram)) await pause(10);
  return {
    ports: { tcp: portOf(tcp), udp: udp.address().port, free: 47_113, reuse: portOf(reuse) },
    udpSeen: () => udpSeen,
    datagramsSeen: () => (existsSync(datagramLog) ? readFileSync(datagramLog).length : 0),
    hostsSeen: () => hosts,
  };
}

async function listening(server: Server, at: Parameters<Server['listen']>[0]): Promise<Server> {
  server.listen(at);
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
