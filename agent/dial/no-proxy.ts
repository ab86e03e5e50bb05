import { BlockList, isIP } from 'node:net';
import type { Address } from './address.ts';

/** Says of an address whether it is dialled directly although there is a proxy. */
export type Exempts = (address: Address) => boolean;

/**
 * Reads NO_PROXY as curl does: entries between commas or spaces, each a name (with all names below it), an IP address, a
 * network (`10.0.0.0/8`) or `*` for everything; `:port` narrows an entry. What cannot be understood exempts nothing.
 */
export function parseNoProxy(text: string): Exempts {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '').map((entry) => parseEntry(entry.toLowerCase()));
  return ({ host, port }) => {
    const asked = { host: plainHost(host), port };
    return entries.some((exempts) => exempts(asked));
  };
}

/** This host itself is never reached through a proxy: whatever the proxy calls `localhost` is another host. */
export function isLoopback({ host }: Address): boolean {
  const name = plainHost(host);
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

function parseEntry(entry: string): Exempts {
  if (entry === '*') return () => true;
  if (entry.includes('/')) return network(entry);
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(entry) ?? [];
  const name = plainHost((bracketed ?? plain ?? entry).replace(/^\*?\./, '')); // an IPv6 address without brackets stands as it is
  const isHere: Exempts = isIP(name) === 0 ? ({ host }) => host === name || (isIP(host) === 0 && host.endsWith(`.${name}`)) : single(name);
  return digits === undefined ? isHere : (address) => address.port === Number(digits) && isHere(address);
}

function single(address: string): Exempts {
  return network(`${address}/${isIP(address) === 6 ? 128 : 32}`);
}

function network(entry: string): Exempts {
  const [base = '', bits = ''] = entry.replaceAll(/[[\]]/g, '').split('/');
  const version = isIP(base);
  const prefix = /^\d{1,3}$/.test(bits) ? Number(bits) : Infinity;
  if (version === 0 || base.includes('%') || prefix > (version === 4 ? 32 : 128)) return () => false;
  const list = new BlockList();
  list.addSubnet(base, prefix, version === 4 ? 'ipv4' : 'ipv6');
  return ({ host }) => isIP(host) !== 0 && !host.includes('%') && list.check(host, isIP(host) === 4 ? 'ipv4' : 'ipv6');
}

function plainHost(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}
