import { isIP } from 'node:net';
import { Fault } from '#proto/domain/fault.ts';
import { reachOf } from './address.ts';

/** A place that a step asks for, after its spelling has been made plain. */
export interface Destination {
  /** A name in lower case without a final dot, or an address. */
  readonly host: string;
  readonly port: number;
}

/** What a step may reach. */
export interface AllowList {
  /** Whether this name or address may be asked for at all. */
  permits(destination: Destination): boolean;
  /** Whether it may be dialled at this address, which is what the name was resolved to. */
  permitsAddress(destination: Destination, address: string): boolean;
}

interface Entry {
  readonly kind: 'name' | 'below' | 'address';
  readonly host: string;
  readonly port: number;
}

/** Where no port is named. */
const usualPorts = [80, 443];

/**
 * Reads `host:port` entries; `*.name` stands for the names below one, and a port alone adds one to the host before it.
 * Nothing permits everything: no entry permits nothing.
 * @throws Fault `sandbox-spec-invalid`
 */
export function parseAllowList(list: readonly string[]): AllowList {
  const entries: Entry[] = [];
  for (const text of list) {
    const before = entries.at(-1);
    if (/^\d{1,5}$/.test(text.trim()) && before !== undefined) entries.push({ ...before, port: portOf(text) });
    else entries.push(...parseEntry(text.trim()));
  }
  return {
    permits: (destination) => entries.some((entry) => fits(entry, destination)),
    permitsAddress: (destination, address) => entries.some((entry) => fits(entry, destination) && leadsTo(entry, address)),
  };
}

function parseEntry(text: string): readonly Entry[] {
  const [, bracketed, named, ports] = /^(?:\[([0-9a-fA-F:.]+)\]|([^[\]:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? named;
  if (host === undefined) throw invalid(text);
  const below = host.startsWith('*.');
  const plain = plainHost(below ? host.slice(2) : host);
  if (plain === null || (below && (isIP(plain) !== 0 || !plain.includes('.')))) throw invalid(text);
  const kind = isIP(plain) !== 0 ? 'address' : below ? 'below' : 'name';
  return (ports === undefined ? usualPorts : [portOf(ports)]).map((port) => ({ kind, host: plain, port }));
}

function portOf(text: string): number {
  const port = Number(text);
  if (port < 1 || port > 65_535) throw invalid(text);
  return port;
}

function invalid(entry: string): Fault {
  return new Fault('sandbox-spec-invalid', { field: 'net', entry, reason: 'it is not HOST:PORT' });
}

/** The one spelling of a name or address, or null for what is neither: a NUL, a control, an empty label. */
export function plainHost(text: string): string | null {
  const bare = text.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '').toLowerCase();
  if (isIP(bare) === 6) return new URL(`http://[${bare.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
  if (bare.length > 253 || !/^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/.test(bare)) return null;
  const read = URL.parse(`http://${bare}/`)?.hostname; // 127.1, 0177.0.0.1 and 2130706433 are addresses, whatever they look like
  return read === undefined || read === '' ? null : read;
}

function fits({ kind, host, port }: Entry, asked: Destination): boolean {
  if (port !== asked.port) return false;
  return kind === 'below' ? asked.host.endsWith(`.${host}`) && isIP(asked.host) === 0 : asked.host === host;
}

/**
 * An address on the list is meant. A name on the list may lie in the organisation's own networks; the names below one may
 * not, for whoever can add such a name would choose. This host, its link and metadata have to be listed as addresses.
 */
function leadsTo({ kind, host }: Entry, address: string): boolean {
  if (kind === 'address') return plainHost(address) === host;
  const reach = reachOf(address);
  return reach === 'public' || (kind === 'name' && (reach === 'private' || (host === 'localhost' && isLoopback(address))));
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}
