import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate } from 'node:tls';
import { pinOf } from '#ca/x509/pin.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { CaPin } from '#proto/domain/join-token.ts';
import type { Dialler } from '../dial/dialler.ts';
import type { ServerAddress } from './server-address.ts';

/** A chain of ours has three certificates. */
const maxChain = 8;

const withinMs = 10_000;

/**
 * The root certificate that the server shows and the pin names, in PEM. The connection is not trusted, and nothing is
 * sent over it: whoever answers, a root with the pinned key is the true one, and every later connection is verified
 * against it.
 * @throws Fault `pin-mismatch`, or why the server could not be asked
 */
export async function findRoot(server: ServerAddress, pin: CaPin, dialler: Dialler): Promise<string> {
  const shown = await fetchChain(server, dialler);
  const root = shown.find((der) => pinOf(der) === pin && isSelfSigned(new X509Certificate(der)));
  if (root === undefined) throw new Fault('pin-mismatch', { server: server.text, expected: pin, shown: shown.map(pinOf).join(' ') });
  return new X509Certificate(root).toString();
}

function isSelfSigned(certificate: X509Certificate): boolean {
  return certificate.ca && certificate.verify(certificate.publicKey);
}

async function fetchChain(server: ServerAddress, dialler: Dialler): Promise<readonly Buffer[]> {
  const { text } = server;
  const way = await dialler.open(server).catch((error: NodeJS.ErrnoException) => {
    throw toFault(error, text);
  });
  const { promise, resolve, reject } = Promise.withResolvers<readonly Buffer[]>();
  const socket = dialler.startTls(server, way, { rejectUnauthorized: false }); // the pin decides, not the chain: see above
  const timer = setTimeout(() => reject(new Fault('handshake-unanswered', { server: text, waitedMs: withinMs })), withinMs);
  socket.on('secureConnect', () => resolve(chainOf(socket.getPeerCertificate(true))));
  socket.on('error', (error: NodeJS.ErrnoException) => reject(toFault(error, text)));
  socket.on('close', () => reject(new Fault('server-not-tls', { server: text, reason: 'it closed the connection' })));
  return await promise.finally(() => {
    clearTimeout(timer);
    socket.destroy();
    way.destroy();
  });
}

/** The library links each certificate to its issuer, and a root to itself. */
function chainOf(leaf: DetailedPeerCertificate): readonly Buffer[] {
  const chain: Buffer[] = [];
  let link: DetailedPeerCertificate | undefined = leaf;
  while (link?.raw !== undefined && chain.length < maxChain && !chain.some((der) => der.equals(link?.raw ?? der))) {
    chain.push(link.raw);
    link = link.issuerCertificate;
  }
  return chain;
}

function toFault(error: NodeJS.ErrnoException | Fault, server: string): Fault {
  if (error instanceof Fault) return error;
  const reason = error.code ?? '';
  if (reason === 'ENOTFOUND' || reason === 'EAI_AGAIN') return new Fault('server-name-unknown', { server, reason }, { cause: error });
  if (reason === 'ECONNREFUSED') return new Fault('server-refused', { server }, { cause: error });
  if (reason === 'ETIMEDOUT' || reason === 'EHOSTUNREACH' || reason === 'ENETUNREACH') return new Fault('server-silent', { server, reason }, { cause: error });
  if (/^(ERR_SSL|EPROTO|ECONNRESET)/.test(reason)) return new Fault('server-not-tls', { server, reason }, { cause: error });
  return new Fault('server-unreachable', { server, reason }, { cause: error });
}
