import { isIP, isIPv4 } from 'node:net';
import { Fault } from '#proto/domain/fault.ts';

/** Where to listen or to dial. Port 0 asks the system for any free one. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/**
 * Reads `HOST:PORT`, with an IPv6 address in brackets.
 * @throws Fault `usage`, naming the option.
 */
export function parseEndpoint(text: string, option: string): Endpoint {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host === undefined || port > 65_535) throw new Fault('usage', { option, given: text, expected: 'HOST:PORT' });
  return { host, port };
}

/** `host:port`, with brackets where the host is an IPv6 address. */
export function writeEndpoint({ host, port }: Endpoint): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}

/** True where only programs of this machine can reach the host. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/** True where the host means every interface of the machine, so that it names none. */
export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}
