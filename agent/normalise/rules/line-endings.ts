import { spellText } from '../fields.ts';
import { isCredential } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `a\r\nb` against `a\nb`. */
export const lineEndings: Rule = {
  name: 'line-endings',
  reason: 'The same lines, ended as Windows does and as everybody else does.',
  appliesTo: (place) => !isCredential(place),
  canonical: spellText((text) => text.replaceAll('\r\n', '\n')),
};
