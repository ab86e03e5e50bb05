import { isEmpty } from '../fields.ts';
import { inDocument, isElement, isTool, nameOf, namesOf } from '../place.ts';
import type { Place, Rule } from '../rule.ts';

/** `tags: {}` against `tags: null`; `name_prefix: ""` against nothing. */
export const emptyIsAbsent: Rule = {
  name: 'empty-is-absent',
  reason: 'Providers answer "", [] or {} for what was never set; there is nothing in either.',
  appliesTo: (place) => !inDocument(place) && !isElement(place) && !isMeaningful(place),
  canonical: (value) => (isEmpty(value) ? undefined : value),
};

/** Where an empty value selects everything or switches something on, and absence does not. */
function isMeaningful(place: Place): boolean {
  const names = namesOf(place);
  if (names.length === 0) return true;
  if (isTool(place, 'kubernetes') || place.type.startsWith('kubernetes_')) {
    return switches.has(nameOf(place)) || isData(names);
  }
  return isData(names);
}

/** Keys of maps are the user's own words, and a tag, a label or a variable set to "" is there. */
function isData(names: readonly string[]): boolean {
  return names.slice(0, -1).some((name) => userMaps.has(name));
}

const switches = new Set(['emptydir', 'podselector', 'namespaceselector', 'objectselector', 'labelselector', 'selector', 'matchlabels', 'ingress', 'egress', 'tls', 'disruptions']);
const userMaps = new Set(['tags', 'tagsall', 'labels', 'annotations', 'data', 'stringdata', 'binarydata', 'variables', 'environment', 'matchlabels', 'nodeselector', 'appsettings', 'metadata']);
