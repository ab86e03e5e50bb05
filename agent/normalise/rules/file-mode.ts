import { spellText } from '../fields.ts';
import { inDocument, inUserMap } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `0644` against `644`. */
export const fileMode: Rule = {
  name: 'file-mode',
  reason: 'The same permissions in octal, with and without a leading zero.',
  appliesTo: (place) => !inDocument(place) && !inUserMap(place) && /^(?:filepermission|directorypermission|permissions|filemode|mode|posixpermissions)$/.test(place.name),
  canonical: spellText((text) => (/^0*[0-7]{3,4}$/.test(text) ? text.replace(/^0+(?=[0-7]{3})/, '') : text)),
};
