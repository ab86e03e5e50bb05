import { isList, isObject, type JsonObject } from '#proto/domain/json.ts';
import { collectionAt } from '../collections.ts';
import { field, keyOfValue } from '../fields.ts';
import type { Rule } from '../rule.ts';

/** Containers, variables and ports of Kubernetes in another order, or rules of a bucket's lifecycle: the API knows them by a key. */
export const keyedListOrder: Rule = {
  name: 'keyed-list-order',
  reason: 'The API tells these entries apart by their key, not by their position.',
  appliesTo: (place) => collectionAt(place).kind === 'keyed',
  canonical: (value, place) => {
    const collection = collectionAt(place);
    if (!isList(value) || !value.every(isObject) || collection.kind !== 'keyed' || hasTwins(value, collection.keys)) return value;
    const keyed = value.map((item) => ({ item, key: keyOfValue(item) }));
    return keyed.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ item }) => item);
  },
};

/** Of two entries with one key the later counts, so that their order does. */
function hasTwins(items: readonly JsonObject[], keys: readonly string[]): boolean {
  const names = items.map((item) => keyOfValue(keys.map((key) => field(item, key) ?? null)));
  return new Set(names).size < names.length;
}
