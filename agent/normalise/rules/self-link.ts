import { spellText } from '../fields.ts';
import { isOfFamily } from '../place.ts';
import type { Place, Rule, Value } from '../rule.ts';

/** `https://www.googleapis.com/compute/v1/projects/p/global/networks/n` against `projects/p/global/networks/n` or `n`. */
export const selfLink: Rule = {
  name: 'self-link',
  reason: 'Google names one thing by its full link, by the part after the service, or by its last name.',
  appliesTo: (place) => isOfFamily(place, 'google_', 'gcp_'),
  canonical: spellText((text) => text.replace(/^(?:https:)?\/\/(?:www\.googleapis\.com\/[a-z]+|[a-z]+\.googleapis\.com(?:\/[a-z]+)?)\/(?:(?:v1|beta|alpha|v1beta1)\/)?(?=projects\/)/, '')),
  explains: ({ before, after }, place) => isReference(place) && (endsIn(before, after) || endsIn(after, before)),
};

function isReference(place: Place): boolean {
  return /^(?:network|subnetwork|zone|region|machinetype|disktype|image|source|instancegroup|targetpool|healthchecks?|backendservice|urlmap|defaultservice|service|sslcertificates|sslpolicy|target|router|project|keyring|topic|dataset|cluster|instance|ipaddress|address)$/.test(place.name);
}

function endsIn(link: Value, name: Value): boolean {
  if (typeof link !== 'string' || typeof name !== 'string' || name === '' || name.includes(':')) return false;
  return /(?:^|\/)projects\/|googleapis\.com\//.test(link) && !/(?:^|\/)projects\//.test(name) && link.endsWith(`/${name}`);
}
