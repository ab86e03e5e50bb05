import { request } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls, getCACertificates, type TLSSocket } from 'node:tls';
import { Fault } from '#proto/domain/fault.ts';
import { type Address, hostPort } from './address.ts';
import type { Proxy } from './proxies.ts';

export interface TunnelTerms {
  /** PEM: who may vouch for a proxy that is spoken to by TLS; by default whom this machine trusts. */
  readonly roots?: readonly string[] | undefined;
  readonly patienceMs: number;
}

/**
 * Makes a connection to a proxy into one to what is behind it. What then goes through is TLS from end to end: the proxy
 * sees names and sizes.
 * @throws Fault `proxy-unreachable`, `proxy-login-needed`, `proxy-denied`, `proxy-cannot-reach`, `proxy-silent`
 */
export async function tunnel(socket: Socket, proxy: Proxy, target: Address, terms: TunnelTerms): Promise<Socket> {
  const near = proxy.secure ? await secure(socket, proxy, terms) : socket;
  const authority = hostPort(target);
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const asked = request({
    createConnection: () => near,
    method: 'CONNECT',
    path: authority,
    headers: { Host: authority, ...(proxy.authorization === null ? {} : { 'Proxy-Authorization': proxy.authorization }) },
  });
  const timer = setTimeout(() => reject(new Fault('proxy-silent', { ...about(proxy), waitedMs: terms.patienceMs })), terms.patienceMs);
  asked.on('connect', ({ statusCode = 0 }, opened: Socket, head) => {
    if (statusCode < 200 || statusCode > 299) return reject(refusal(statusCode, proxy, authority));
    opened.removeAllListeners('error');
    if (head.length > 0) opened.unshift(head); // the far side spoke first
    resolve(opened);
  });
  asked.on('error', (cause: NodeJS.ErrnoException) => reject(new Fault('proxy-unreachable', { ...about(proxy), reason: cause.code }, { cause })));
  asked.end();
  return await promise
    .catch((error: unknown) => {
      near.destroy();
      throw error;
    })
    .finally(() => clearTimeout(timer));
}

/** What may be told of a proxy. */
export function about({ variable, ...address }: Proxy): { readonly proxy: string; readonly variable: string } {
  return { proxy: hostPort(address), variable };
}

function refusal(status: number, proxy: Proxy, target: string): Fault {
  const facts = { ...about(proxy), target, status };
  if (status === 407) return new Fault('proxy-login-needed', facts);
  return new Fault(status >= 500 ? 'proxy-cannot-reach' : 'proxy-denied', facts);
}

function secure(socket: Socket, proxy: Proxy, { roots = [...getCACertificates('default'), ...getCACertificates('system')], patienceMs }: TunnelTerms): Promise<TLSSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>();
  const near = connectTls({ socket, host: proxy.host, ...(isIP(proxy.host) === 0 ? { servername: proxy.host } : {}), ca: [...roots], ALPNProtocols: ['http/1.1'], rejectUnauthorized: true }, () => resolve(near));
  const timer = setTimeout(() => reject(new Fault('proxy-silent', { ...about(proxy), waitedMs: patienceMs })), patienceMs);
  near.on('error', (cause: NodeJS.ErrnoException) => reject(new Fault('proxy-unreachable', { ...about(proxy), reason: cause.code }, { cause })));
  near.on('close', () => reject(new Fault('proxy-unreachable', { ...about(proxy), reason: 'it closed the connection' })));
  return promise.finally(() => clearTimeout(timer));
}
