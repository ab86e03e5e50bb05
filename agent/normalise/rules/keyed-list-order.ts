import { isList, isObject } from '#proto/domain/json.ts';
import { collectionAt } from '../collections.ts';
import { keyOfValue } from '../fields.ts';
import type { Rule } from '../rule.ts';

/** Containers, variables and ports of Kubernetes in another order: the API merges them by key. */
export const keyedListOrder: Rule = {
  name: 'keyed-list-order',
  reason: 'The API tells these entries apart by their key, not by their position.',
  appliesTo: (place) => collectionAt(place).kind === 'keyed',
  canonical: (value) => {
    if (!isList(value) || !value.every(isObject)) return value;
    const keyed = value.map((item) => ({ item, key: keyOfValue(item) }));
    return keyed.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ item }) => item);
  },
};
