import { spellText } from '../fields.ts';
import { inDocument, inUserMap } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `Ops@Example.com` against `ops@example.com`. */
export const emailCase: Rule = {
  name: 'email-case',
  reason: 'Providers keep mail addresses in small letters, and no mail server in use tells them apart by case.',
  appliesTo: (place) => !inDocument(place) && !inUserMap(place),
  canonical: spellText((text) => (/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(text) ? text.toLowerCase() : text)),
};
