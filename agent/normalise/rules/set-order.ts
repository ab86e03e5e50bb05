import { isList } from '#proto/domain/json.ts';
import { collectionAt } from '../collections.ts';
import { keyOfValue } from '../fields.ts';
import type { Rule } from '../rule.ts';

/** `["a", "b"]` against `["b", "a"]`, where the provider keeps a set. */
export const setOrder: Rule = {
  name: 'set-order',
  reason: 'The provider keeps these as a set, so the order in which they are listed says nothing.',
  appliesTo: (place) => collectionAt(place).kind === 'set',
  canonical: (value) => {
    if (!isList(value)) return value;
    const keyed = value.map((item) => ({ item, key: keyOfValue(item) }));
    return keyed.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ item }) => item);
  },
};
