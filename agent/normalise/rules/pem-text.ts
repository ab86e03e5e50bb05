import { spellText } from '../fields.ts';
import type { Rule } from '../rule.ts';

/** A certificate or key whose lines are broken elsewhere (RFC 7468 lets readers ignore that). */
export const pemText: Rule = {
  name: 'pem-text',
  reason: 'The same certificate or key: only line breaks and white space differ.',
  appliesTo: () => true,
  canonical: spellText((text) => (/^\s*-----BEGIN [A-Z0-9 ]+-----/.test(text) ? text.replaceAll(/-----(?:BEGIN|END) [A-Z0-9 ]+-----|\s+/g, (part) => (part.startsWith('-') ? `\n${part}\n` : '')).replaceAll(/\n{2,}/g, '\n').trim() : text)),
};
