import { spellText } from '../fields.ts';
import { isBytes, isCredential } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `2026-01-02T03:04:05+00:00` against `2026-01-02T03:04:05.000Z`: RFC 3339, with its zone. */
export const timestamp: Rule = {
  name: 'timestamp',
  reason: 'The same moment, written in another zone or with other digits.',
  appliesTo: (place) => !isCredential(place) && !isBytes(place),
  canonical: spellText((text) => momentOf(text) ?? text),
};

function momentOf(text: string): string | null {
  const parts = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:?\d{2})$/.exec(text);
  if (parts === null) return null;
  const [, day = '', time = '', fraction = '', zone = ''] = parts;
  const moment = Date.parse(`${day}T${time}${zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`);
  if (Number.isNaN(moment)) return null;
  const rest = fraction.replace(/0+$/, '');
  return `${new Date(moment).toISOString().slice(0, 19)}${rest === '' ? '' : `.${rest}`}Z`;
}
