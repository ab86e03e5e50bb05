import { spellText } from '../fields.ts';
import { inDocument, inUserMap } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `Ops@Example.com` against `ops@example.com`. */
export const emailCase: Rule = {
  name: 'email-case',
  reason: 'Providers keep mail addresses in small letters, and no mail server in use tells them apart by case.',
  appliesTo: (place) => !inDocument(place) && !inUserMap(place),
  canonical: spellText((text) => text.replace(/^((?:user|group|serviceAccount|domain|deleted:\w+):)?([\w.+-]+@[\w-]+(?:\.[\w-]+)+)$/, (_, kind: string | undefined, address: string) => `${kind ?? ''}${address.toLowerCase()}`)),
};
