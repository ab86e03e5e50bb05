import { isIP } from 'node:net';
import { Fault } from '#proto/domain/fault.ts';
import type { Address } from './address.ts';
import { isLoopback, parseNoProxy } from './no-proxy.ts';

/** An HTTP proxy that opens tunnels (CONNECT). */
export interface Proxy extends Address {
  /** Whether the way to the proxy itself is by TLS. */
  readonly secure: boolean;
  /** The value of Proxy-Authorization, or null. A secret: neither shown nor logged. */
  readonly authorization: string | null;
  /** The variable that named it. */
  readonly variable: string;
}

/** Variables by name; an empty one counts as absent. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Both of the agent's connections are TLS; `http_proxy` comes last, as gRPC has it. Each in lower case first. */
const named = ['grpc_proxy', 'https_proxy', 'all_proxy', 'http_proxy'];
const exempting = ['no_grpc_proxy', 'no_proxy'];

/**
 * Which proxy the environment names for an address; null where it is dialled directly.
 * @throws Fault `proxy-invalid` where a proxy is wanted and what is named cannot be used
 */
export function proxyFor(address: Address, env: Variables): Proxy | null {
  if (isLoopback(address)) return null;
  const variable = find(named, env);
  if (variable === undefined) return null;
  const exempt = find(exempting, env);
  if (exempt !== undefined && parseNoProxy(env[exempt] ?? '')(address)) return null;
  return parseProxy(variable, env[variable] ?? '');
}

function find(names: readonly string[], env: Variables): string | undefined {
  return names.flatMap((name) => [name, name.toUpperCase()]).find((name) => (env[name] ?? '').trim() !== '');
}

/** The text may hold a password, so no fault repeats it. */
function parseProxy(variable: string, given: string): Proxy {
  const text = given.trim();
  const [, scheme = 'http'] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text) ?? []; // `host:port` alone is meant as http, and would parse as a scheme
  const kind = scheme.toLowerCase();
  if (kind !== 'http' && kind !== 'https') throw new Fault('proxy-invalid', { variable, reason: `${kind}:// is not spoken here` });
  try {
    const { hostname, port, username, password } = new URL(text.includes('://') ? text : `http://${text}`);
    const host = hostname.replace(/^\[|\]$/g, '');
    if (host === '' || (isIP(host) === 0 && !/^[\w.-]+$/.test(host))) throw new Error('no host');
    return { host, port: port === '' ? (kind === 'https' ? 443 : 80) : Number(port), secure: kind === 'https', authorization: basic(username, password), variable };
  } catch {
    throw new Fault('proxy-invalid', { variable, reason: 'it is no URL of a proxy' });
  }
}

function basic(username: string, password: string): string | null {
  if (username === '' && password === '') return null;
  return `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
}
