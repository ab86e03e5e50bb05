import { inDocument, isTool } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `"true"` against `true`. */
export const booleanText: Rule = {
  name: 'boolean-text',
  reason: 'The same truth value, once as itself and once as text; the attribute has one type.',
  appliesTo: (place) => isTool(place, 'terraform', 'cloudformation', 'pulumi') && !inDocument(place),
  canonical: (value) => (typeof value === 'boolean' ? String(value) : value),
};
