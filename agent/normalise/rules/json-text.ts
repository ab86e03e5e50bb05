import { isObject, type Json } from '#proto/domain/json.ts';
import { parseDocument } from '../document.ts';
import type { Rule, Value } from '../rule.ts';

/** JSON in a string: key order, white space and number forms are not part of what it says. */
export const jsonText: Rule = {
  name: 'json-text',
  reason: 'The text is JSON, and both sides hold the same values in another writing.',
  appliesTo: () => true,
  canonical: (value) => (typeof value === 'string' ? (parseDocument(value) ?? value) : value),
  open: (before, after) => {
    const [one, other] = [parsed(before), parsed(after)];
    if (one === undefined || other === undefined || (one === before && other === after)) return null;
    return { before: one, after: other, format: isPolicy(one) && isPolicy(other) ? 'policy' : 'json' };
  },
};

/** The document in a text, or the value itself where it is one already. */
function parsed(value: Value): Json | undefined {
  if (typeof value === 'string') return parseDocument(value);
  return typeof value === 'object' && value !== null ? value : undefined;
}

function isPolicy(value: Json): boolean {
  return isObject(value) && Object.hasOwn(value, 'Statement');
}
