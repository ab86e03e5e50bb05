import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { Fault } from '#proto/domain/fault.ts';
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
 * name, address, TLS, and whether the server takes our certificate. A fault that is already exact is answered as it is.
 */
export async function diagnose(identity: LinkIdentity, fault: Fault): Promise<Fault> {
  if (fault.code !== 'server-unreachable') return fault;
  const { host, port } = splitAddress(identity.address);
  try {
    await lookup(host);
  } catch (cause) {
    return new Fault('server-name-unknown', { host }, { cause });
  }
  const finding = await probe(identity, host, port);
  return finding ?? fault;
}

/** Null where everything up to the first bytes of the server is in order. */
function probe(identity: LinkIdentity, host: string, port: number): Promise<Fault | null> {
  const address = identity.address;
  const { promise, resolve } = Promise.withResolvers<Fault | null>();
  let secure = false;
  const socket = connect({
    host,
    port,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ca: identity.trustBundle,
    key: identity.key,
    cert: identity.certificateChain,
    ALPNProtocols: ['h2'],
    rejectUnauthorized: false, // its verdict is read below, to say which
    timeout: probeWithinMs,
  });

  socket.on('secureConnect', () => {
    secure = true;
    if (!socket.authorized) resolve(judgeServer(socket, address));
  });
  socket.on('data', () => resolve(null)); // under TLS 1.3 a server speaks only once it has taken our certificate
  socket.on('timeout', () => resolve(new Fault('server-silent', { address, waitedMs: probeWithinMs })));
  socket.on('close', () => resolve(secure ? new Fault('certificate-invalid', { address, reason: 'the server closed the connection' }) : null));
  socket.on('error', (error: NodeJS.ErrnoException) => resolve(judgeError(error, address, secure)));
  return promise.finally(() => socket.destroy());
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
