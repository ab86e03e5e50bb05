import { spellText } from '../fields.ts';
import { isCredential, isTool } from '../place.ts';
import type { Rule } from '../rule.ts';

/** A text with and without the newline at its end. */
export const trailingNewline: Rule = {
  name: 'trailing-newline',
  reason: 'Editors and APIs add or drop the newline at the end of a text.',
  appliesTo: (place) => !isCredential(place) && !(isTool(place, 'kubernetes') && place.type.endsWith('/Secret')),
  canonical: spellText((text) => text.replace(/(?:\r?\n)+$/, '')),
};
