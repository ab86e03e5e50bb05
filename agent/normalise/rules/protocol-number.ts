import { inDocument } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `6` against `tcp`, `-1` against `all`: IANA's numbers and their names. */
export const protocolNumber: Rule = {
  name: 'protocol-number',
  reason: 'One protocol, once by its IANA number and once by its name.',
  appliesTo: (place) => !inDocument(place) && (place.name === 'protocol' || place.name === 'ipprotocol'),
  canonical: (value) => (typeof value === 'string' || typeof value === 'number' ? (numbers.get(String(value).toLowerCase()) ?? value) : value),
};

const numbers = new Map([['6', 'tcp'], ['17', 'udp'], ['1', 'icmp'], ['58', 'icmpv6'], ['-1', 'all'], ['all', 'all'], ['tcp', 'tcp'], ['udp', 'udp'], ['icmp', 'icmp'], ['icmpv6', 'icmpv6']]);
