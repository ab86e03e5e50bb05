import { spellText } from '../fields.ts';
import { canonicalCidr } from '../internet-address.ts';
import { inDocument } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `10.1.2.3/16` against `10.1.0.0/16`; `2001:DB8::/32` against `2001:db8::/32`; `10.0.0.1` against `10.0.0.1/32`. */
export const cidrBlock: Rule = {
  name: 'cidr-block',
  reason: 'Both name the same range of addresses: host bits, letter case and a full-length prefix do not widen it.',
  appliesTo: (place) => !inDocument(place) && ranges.test(place.name),
  canonical: spellText((text) => canonicalCidr(text) ?? text),
};

const ranges = /cidr$|cidrs$|cidrblocks?$|cidrip(?:v6)?$|cidripv4$|ipcidrrange$|addressprefix(?:es)?$|addressspace$|sourceranges$|destinationranges$|sourceipranges$|ipranges$|trustedips$/;
