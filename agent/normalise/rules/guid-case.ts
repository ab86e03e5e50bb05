import { spellText } from '../fields.ts';
import { isCredential } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `6BA7B810-9DAD-11D1-80B4-00C04FD430C8` in small letters. */
export const guidCase: Rule = {
  name: 'guid-case',
  reason: 'The same UUID in other letters (RFC 9562 ignores case).',
  appliesTo: (place) => !isCredential(place),
  canonical: spellText((text) => (/^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i.test(text) ? text.toLowerCase().replaceAll(/[{}]/g, '') : text)),
};
