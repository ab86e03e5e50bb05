import { spellText } from '../fields.ts';
import { canonicalIpv6 } from '../internet-address.ts';
import type { Rule } from '../rule.ts';

/** `2001:0DB8:0::1` against `2001:db8::1`. */
export const ipv6Address: Rule = {
  name: 'ipv6-address',
  reason: 'One IPv6 address, once with its zeros folded or in other letters.',
  appliesTo: (place) => /ip|address|record|host|endpoint|gateway|server|peer/.test(place.name),
  canonical: spellText((text) => canonicalIpv6(text) ?? text),
};
