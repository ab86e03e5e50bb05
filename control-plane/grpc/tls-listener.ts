import type { Logger } from 'pino';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { createServer, type SecureContextOptions, type TLSSocket } from 'node:tls';
import { Fault } from '#proto/domain/fault.ts';
import type { FaultCode } from '#proto/domain/faults.ts';
import { createHandshakeQueue, type HandshakeLimits, usualHandshakes } from './handshake-queue.ts';

/** What a listener shows and whom it believes, in PEM. */
export interface ListenerTls {
  readonly key: string;
  /** The leaf, then its intermediate. */
  readonly certificateChain: string;
  /** What must have signed a peer's certificate, or null to ask for none. */
  readonly clientRoots: string | null;
}

export interface TlsListenerOptions extends ListenerTls {
  /** host:port; port 0 takes any that is free. */
  readonly address: string;
  /** Takes a connection whose handshake succeeded. */
  readonly accept: (socket: TLSSocket) => void;
  readonly handshakes?: HandshakeLimits;
  readonly log: Pick<Logger, 'warn'>;
}

/** TLS in our own hands, so that a refusal is told once and a peer that does not leave can be shown out. */
export interface TlsListener {
  /** host:port as bound. */
  readonly address: string;
  /** Begins every handshake from now on with this; whether certificates are asked for stays. Connections live on. */
  renew(tls: ListenerTls): void;
  /** Ends the connection with this peer (`address:port`), whatever it is doing. */
  hangUp(peer: string): void;
  /** Takes no more connections, and resolves when the last one has ended. */
  close(): Promise<void>;
}

/** A peer that does not finish its handshake by then is cut off. */
const handshakeTimeoutMs = 10_000;
/** Connections that were turned away are told together. */
const tellEveryMs = 1_000;

/** @throws Fault `address-in-use` */
export async function listenTls({ address, accept, handshakes = usualHandshakes, log, ...first }: TlsListenerOptions): Promise<TlsListener> {
  const asksForCertificate = first.clientRoots !== null;
  const sockets = new Map<string, TLSSocket>();
  // verified by OpenSSL, judged below: a refusal by the library itself would not say who was refused
  const asked = asksForCertificate ? { requestCert: true, rejectUnauthorized: false } : {};
  const tls = createServer({ ...contextOf(first), ...asked, ALPNProtocols: ['h2'], handshakeTimeout: handshakeTimeoutMs });
  const queue = createHandshakeQueue(handshakes, (socket) => tls.emit('connection', socket), tellTurnedAway);
  const server = createTcpServer({ noDelay: true, pauseOnConnect: true }, (socket) => queue.enter(socket));
  let turnedAway = 0;

  tls.on('secureConnection', (socket) => {
    queue.over(peerOf(socket));
    socket.on('error', () => {}); // the stream on it tells what was lost
    if (asksForCertificate && !socket.authorized) return refuse(socket);
    const peer = peerOf(socket);
    sockets.set(peer, socket);
    socket.on('close', () => sockets.delete(peer));
    accept(socket);
  });
  tls.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    queue.over(peerOf(socket));
    if (error.code === 'ECONNRESET') return; // somebody looked whether the port is open, as load balancers do
    log.warn({ remote: peerOf(socket), reason: error.code }, 'handshake failed');
  });
  await listen(server, address);

  return {
    address: address.replace(/:\d+$/, `:${portOf(server)}`),
    renew: (renewed) => tls.setSecureContext(contextOf(renewed)),
    hangUp: (peer) => sockets.get(peer)?.destroy(),
    close() {
      queue.close();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };

  /** One line for a crowd. */
  function tellTurnedAway(): void {
    turnedAway += 1;
    if (turnedAway > 1) return;
    setTimeout(() => {
      log.warn({ connections: turnedAway, withinMs: tellEveryMs }, 'too many handshakes at once: connections were closed, and come back by themselves');
      turnedAway = 0;
    }, tellEveryMs).unref();
  }

  /** Nothing that such a peer has sent is read. */
  function refuse(socket: TLSSocket): void {
    const { subjectaltname, serialNumber } = socket.getPeerCertificate();
    const reason = String(socket.authorizationError);
    log.warn({ remote: peerOf(socket), fault: judge(reason, serialNumber), reason, names: subjectaltname, serial: serialNumber }, 'certificate refused');
    socket.destroy();
  }
}

/** A new context has new keys for tickets, so that no session from before is resumed past a change of whom we believe. */
function contextOf({ key, certificateChain, clientRoots }: ListenerTls): SecureContextOptions {
  return { key, cert: certificateChain, minVersion: 'TLSv1.2', ...(clientRoots === null ? {} : { ca: clientRoots }) };
}

function peerOf(socket: TLSSocket): string {
  return `${socket.remoteAddress}:${socket.remotePort}`;
}

function listen(server: Server, address: string): Promise<void> {
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon).replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(new Fault('address-in-use', { address, reason: cause.code }, { cause })));
    server.listen({ host, port: Number(address.slice(colon + 1)) }, resolve);
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port; // it listens on TCP
}

function judge(reason: string, serialNumber: string | undefined): FaultCode {
  if (serialNumber === undefined) return 'certificate-missing';
  return reason === 'CERT_HAS_EXPIRED' ? 'certificate-expired' : 'certificate-invalid';
}
