import { BlockList, isIP, isIPv4 } from 'node:net';

/** How far an address lies from where steps are meant to go. */
export type Reach = 'public' | 'private' | 'refused';

/** This host itself, its link, and whatever is no single host. */
const refused = listOf([
  '0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '192.0.0.0/24', '224.0.0.0/4', '240.0.0.0/4', '192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24',
  '::/128', '::1/128', 'fe80::/10', 'fec0::/10', 'ff00::/8', '100::/64', '2001:db8::/32',
  // Metadata of clouds that lies elsewhere: EC2 over IPv6, Alibaba, Azure's host.
  'fd00:ec2::/32', '100.100.100.200/32', '168.63.129.16/32',
]);

/** Networks of an organisation. */
const closed = listOf(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '198.18.0.0/15', 'fc00::/7']);

/** What kind of address it is; one that carries another inside is judged by that. */
export function reachOf(address: string): Reach {
  const inner = carried(address);
  if (inner !== null) return reachOf(inner);
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  if (isIP(address) === 0 || refused.check(address, family)) return 'refused';
  return closed.check(address, family) ? 'private' : 'public';
}

/** The IPv4 address inside a mapped, translated or tunnelled IPv6 one. */
function carried(address: string): string | null {
  if (isIP(address) !== 6) return null;
  const groups = groupsOf(address);
  const [a = 0, b = 0, c = 0] = groups;
  const at = (index: number): string => [groups[index] ?? 0, groups[index + 1] ?? 0].flatMap((group) => [group >> 8, group & 0xff]).join('.');
  const zeros = (from: number, to: number): boolean => groups.slice(from, to).every((group) => group === 0);
  if (zeros(0, 5) && groups[5] === 0xffff) return at(6); // ::ffff:0:0/96
  if (zeros(0, 6) && (groups[6] !== 0 || (groups[7] ?? 0) > 1)) return at(6); // ::/96
  if (zeros(0, 4) && groups[4] === 0xffff && groups[5] === 0) return at(6); // ::ffff:0:0:0/96
  if (a === 0x64 && b === 0xff9b && zeros(2, 6)) return at(6); // NAT64
  if (a === 0x64 && b === 0xff9b && c === 1) return at(6); // NAT64 of a site
  return a === 0x2002 ? at(1) : null; // 6to4
}

function groupsOf(address: string): readonly number[] {
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, '')}]`); // brings a trailing IPv4 to hexadecimal
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const read = (text: string): number[] => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const [front, back] = [read(head), tail === undefined ? [] : read(tail)];
  return [...front, ...Array.from({ length: 8 - front.length - back.length }, () => 0), ...back];
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits] = range.split('/');
    list.addSubnet(network, Number(bits), isIPv4(network) ? 'ipv4' : 'ipv6');
  }
  return list;
}
