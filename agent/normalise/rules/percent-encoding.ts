import { spellText } from '../fields.ts';
import { isCredential } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `/a%7eb` against `/a~b`: RFC 3986, section 6.2.2. A reserved character is another one than its code. */
export const percentEncoding: Rule = {
  name: 'percent-encoding',
  reason: 'The URLs are equal by RFC 3986: only the case of hex digits, or codes of plain letters, differ.',
  appliesTo: (place) => !isCredential(place),
  canonical: spellText((text) => (/^(?:[a-z][a-z0-9+.-]*:\/\/|\/)\S*$/i.test(text) ? text.replaceAll(/%[0-9a-f]{2}/gi, decode) : text)),
};

function decode(code: string): string {
  const letter = String.fromCharCode(Number.parseInt(code.slice(1), 16));
  return /[A-Za-z0-9._~-]/.test(letter) ? letter : code.toUpperCase();
}
