import { lookup } from 'node:dns/promises';
import type { TLSSocket } from 'node:tls';
import { Fault } from '#proto/domain/fault.ts';
import type { Dialler } from '../dial/dialler.ts';
import { splitAddress } from './address.ts';
import type { LinkIdentity } from './link-identity.ts';

const probeWithinMs = 5_000;

/**
 * @throws Fault `certificate-expired` or `clock-wrong` where this agent's own certificate cannot be used now: the
 * library would only say that it failed to connect
 */
export function checkOwnCertificate({ notBefore, notAfter }: Pick<LinkIdentity, 'notBefore' | 'notAfter'>, nowMs: number): void {
  if (nowMs >= notAfter.getTime()) throw new Fault('certificate-expired', { whose: 'agent', notAfter: notAfter.toISOString() });
  if (nowMs < notBefore.getTime()) {
    throw new Fault('clock-wrong', { whose: 'agent', notBefore: notBefore.toISOString(), now: new Date(nowMs).toISOString() });
  }
}

/**
 * Says why the server could not be reached. The library calls all of it "unavailable", so the way is walked again:
 * proxy, name, address, TLS, and whether the server takes our certificate. A fault that is already exact is answered as
 * it is.
 */
export async function diagnose(identity: LinkIdentity, fault: Fault, dialler: Dialler): Promise<Fault> {
  if (fault.code === 'handshake-unanswered') return await doubtSize(identity, fault, dialler);
  if (fault.code !== 'server-unreachable') return fault;
  const { host, port } = splitAddress(identity.address);
  try {
    if (dialler.proxyFor({ host, port }) === null) await lookup(host);
  } catch (cause) {
    return cause instanceof Fault ? cause : new Fault('server-name-unknown', { host }, { cause });
  }
  const finding = await probe(identity, dialler);
  return finding?.code === 'handshake-unanswered' ? await doubtSize(identity, finding, dialler) : (finding ?? fault);
}

/** A middlebox that cannot put a message together from two packets drops the large one and lets a small one through. */
async function doubtSize(identity: LinkIdentity, fault: Fault, dialler: Dialler): Promise<Fault> {
  if (dialler.keyExchange === 'classical') return fault;
  const finding = await probe(identity, dialler.with({ keyExchange: 'classical' }));
  return finding === null ? new Fault('handshake-swallowed', { address: identity.address }) : fault;
}

/** Null where everything up to the first bytes of the server is in order. */
async function probe(identity: LinkIdentity, dialler: Dialler): Promise<Fault | null> {
  const address = identity.address;
  const target = splitAddress(address);
  const { promise, resolve } = Promise.withResolvers<Fault | null>();
  let secure = false;
  const way = await dialler.open(target).catch((error: NodeJS.ErrnoException) => (error instanceof Fault ? error : (judgeError(error, address, false) ?? new Fault('server-unreachable', { address, reason: error.code }))));
  if (way instanceof Fault) return way;
  const socket = dialler.startTls(target, way, {
    ca: identity.trustBundle,
    key: identity.key,
    cert: identity.certificateChain,
    rejectUnauthorized: false, // its verdict is read below, to say which
  });

  socket.on('secureConnect', () => {
    secure = true;
    if (!socket.authorized) resolve(judgeServer(socket, address));
  });
  socket.on('data', () => resolve(null)); // under TLS 1.3 a server speaks only once it has taken our certificate
  const timer = setTimeout(() => resolve(new Fault(secure ? 'server-silent' : 'handshake-unanswered', { address, waitedMs: probeWithinMs })), probeWithinMs);
  socket.on('close', () => resolve(secure ? new Fault('certificate-invalid', { address, reason: 'the server closed the connection' }) : new Fault('server-unreachable', { address, reason: 'the connection was closed during the handshake' })));
  socket.on('error', (error: NodeJS.ErrnoException) => resolve(judgeError(error, address, secure) ?? new Fault('server-unreachable', { address, reason: error.code })));
  return await promise.finally(() => {
    clearTimeout(timer);
    socket.destroy();
    way.destroy();
  });
}

function judgeServer(socket: TLSSocket, address: string): Fault {
  const reason = String(socket.authorizationError);
  const { valid_from: from, valid_to: to } = socket.getPeerCertificate();
  const isTime = reason === 'CERT_HAS_EXPIRED' || reason === 'CERT_NOT_YET_VALID';
  return new Fault(isTime ? 'clock-wrong' : 'server-untrusted', { address, reason, ...(isTime ? { whose: 'server', from, to } : {}) });
}

function judgeError(error: NodeJS.ErrnoException, address: string, secure: boolean): Fault | null {
  const code = error.code ?? '';
  if (code === 'ECONNREFUSED') return new Fault('server-refused', { address });
  if (code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return new Fault('server-silent', { address, reason: code });
  if (/CERTIFICATE_EXPIRED/.test(code)) return new Fault('certificate-expired', { whose: 'agent', address, reason: code });
  if (/ALERT/.test(code) || secure) return new Fault('certificate-invalid', { address, reason: code });
  if (/WRONG_VERSION|PROTO|ERR_SSL/.test(code)) return new Fault('server-not-tls', { address, reason: code });
  return null;
}
