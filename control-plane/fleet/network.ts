import { BlockList, isIP } from 'node:net';

/** Whether a text is a block of addresses in CIDR notation (RFC 4632, RFC 4291). */
export function isNetwork(text: string): boolean {
  const [, address = '', digits = ''] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(digits) <= (family === 4 ? 32 : 128);
}

/** Whether a peer (`address:port`, IPv6 with or without brackets) is in one of the networks; any is in none at all. */
export function isWithin(peer: string, networks: readonly string[]): boolean {
  if (networks.length === 0) return true;
  const address = addressOf(peer);
  if (isIP(address) === 0) return false;
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', digits = ''] = network.split('/');
    list.addSubnet(base, Number(digits), familyOf(base));
  }
  return list.check(address, familyOf(address));
}

/** The address of `address:port`; one of IPv4 that came through an IPv6 socket is of IPv4. */
export function addressOf(peer: string): string {
  const address = peer.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
