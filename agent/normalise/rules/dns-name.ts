import { spellText } from '../fields.ts';
import { inDocument, inUserMap, isCredential, isOfFamily } from '../place.ts';
import type { Place, Rule } from '../rule.ts';

/** `Example.com.` against `example.com`. */
export const dnsName: Rule = {
  name: 'dns-name',
  reason: 'Names of the DNS ignore letter case, and the dot at the end only says that the name is complete.',
  appliesTo: (place) => !inDocument(place) && !inUserMap(place) && !isCredential(place),
  canonical: (value, place) => (isName(place) ? spell(value) : value),
  explains: ({ before, after, parent, whole }, place) => {
    if (!/^(?:records?|rrdatas|resourcerecords|value|content)$/.test(place.name)) return false;
    const kinds = [parent.before, parent.after, whole.before, whole.after].flatMap((object) => [object['type'], object['Type'], object['record_type']]);
    return kinds.some((kind) => typeof kind === 'string' && pointers.has(kind)) && typeof before === 'string' && spell(before) === spell(after);
  },
};

/** Records whose value is a name; a TXT record's is a text, where each letter counts. */
const pointers = new Set(['CNAME', 'NS', 'PTR', 'ALIAS', 'DNAME']);

const spell = spellText((text) => (/^(?:[\w*-]+\.)+[\w-]+\.?$/.test(text) ? text.replace(/\.$/, '').toLowerCase() : text));

function isName(place: Place): boolean {
  const name = place.name;
  if (/^(?:dnsname|domain|domainname|domainnames|fqdn|hostname|zonename|dnszone|subjectalternativenames|aliases|customdomain)$/.test(name)) return true;
  return name === 'name' && isOfFamily(place, 'aws_route53_', 'google_dns_', 'azurerm_dns_', 'azurerm_private_dns_', 'cloudflare_record', 'cloudflare_dns_record');
}

