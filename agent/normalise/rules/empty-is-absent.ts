import { isEmpty } from '../fields.ts';
import { inDocument, inUserMap, isElement, isTool } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `tags: {}` against `tags: null`; `name_prefix: ""` against nothing. */
export const emptyIsAbsent: Rule = {
  name: 'empty-is-absent',
  reason: 'Providers answer "", [] or {} for what was never set; there is nothing in either.',
  appliesTo: (place) => {
    if (inDocument(place) || isElement(place) || inUserMap(place) || place.steps.length === 0) return false;
    if (!isTool(place, 'kubernetes') && !place.type.startsWith('kubernetes_')) return true;
    return !switches.has(place.name) || (rules.has(place.name) && /^kubernetes:networking\.k8s\.io\/.*\/NetworkPolicy$/.test(place.type));
  },
  canonical: (value) => (isEmpty(value) ? undefined : value),
};

/** Where an empty value of Kubernetes selects everything or switches something on, and absence does not. */
const switches = new Set(['emptydir', 'podselector', 'namespaceselector', 'objectselector', 'labelselector', 'selector', 'ingress', 'egress', 'tls', 'storageclassname']);

/** The API itself does not keep an empty list of them; whether traffic is let in without one, its policyTypes say. */
const rules = new Set(['ingress', 'egress']);
