import { inDocument, isTool } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `"443"` against `443`: older states and some providers write numbers as text. */
export const numberText: Rule = {
  name: 'number-text',
  reason: 'The same number, once as a number and once as text; the attribute has one type.',
  appliesTo: (place) => isTool(place, 'terraform', 'cloudformation', 'pulumi') && (inDocument(place) ? documented.has(place.name) : place.names.length > 0),
  canonical: (value) => (typeof value === 'number' ? String(value) : value),
  explains: ({ before, after }) => isSameNumber(before, after) || isSameNumber(after, before),
};

/** Fields of JSON that their service takes in both forms. */
const documented = new Set(['maxreceivecount']);

/** A real number against its text in another form: 1 against "1.0". Two texts are never compared: "1.10" is not "1.1". */
function isSameNumber(number: unknown, text: unknown): boolean {
  return typeof number === 'number' && typeof text === 'string' && /^-?\d+(?:\.\d+)?$/.test(text) && !/^-?0\d/.test(text) && Number(text) === number;
}
