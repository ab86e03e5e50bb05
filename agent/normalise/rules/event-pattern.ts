import { isList, isObject, type Json } from '#proto/domain/json.ts';
import { parseDocument } from '../document.ts';
import { inEventPattern } from '../event-pattern.ts';
import { keyOfValue } from '../fields.ts';
import { keyOf } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `{"source": ["a", "b"]}` against `{"source": ["b", "a"]}` in what a rule of EventBridge or a subscription waits for. */
export const eventPattern: Rule = {
  name: 'event-pattern',
  reason: 'The patterns match the same: the values of a field are alternatives, in any order.',
  appliesTo: inEventPattern,
  canonical: (value, place) => {
    const pattern = typeof value === 'string' ? (parseDocument(value) ?? value) : value;
    return pattern === undefined ? undefined : ordered(pattern, keyOf(place));
  },
};

/** Every list sorted but for ranges of numbers, `{"numeric": [">", 0, "<", 5]}`. */
function ordered(value: Json, key: string): Json {
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, ordered(item, name)]));
  if (!isList(value) || key === 'numeric') return value;
  const keyed = value.map((item) => ordered(item, key)).map((item) => ({ item, key: keyOfValue(item) }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ item }) => item);
}
