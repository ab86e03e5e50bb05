import { inDocument } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `"policy": null` against no `policy` at all. */
export const nullIsAbsent: Rule = {
  name: 'null-is-absent',
  reason: 'A value of null and a value that is not there are two writings of "not set".',
  appliesTo: (place) => !inDocument(place),
  canonical: (value) => (value === null ? undefined : value),
};
