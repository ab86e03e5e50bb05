import { isIP } from 'node:net';
import { Fault } from '#proto/domain/fault.ts';

/** The enrolment listener. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  /** As gRPC takes it: an IPv6 address in brackets. */
  readonly text: string;
}

/**
 * Reads `HOST:PORT`, an IPv6 address in brackets.
 * @throws Fault `usage`
 */
export function parseServerAddress(text: string): ServerAddress {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]\s/]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host === undefined || port === 0 || port > 65_535) throw new Fault('usage', { option: '--server', given: text, expected: 'HOST:PORT' });
  return { host, port, text: isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}` };
}
