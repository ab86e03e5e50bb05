import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import { field } from '../fields.ts';
import { inDocument } from '../place.ts';
import type { Rule, Value } from '../rule.ts';

/** `[{Key: "env", Value: "prod"}]` against `{env: "prod"}`, in any order. */
export const tagsListOrMap: Rule = {
  name: 'tags-list-or-map',
  reason: 'Tags are one map, whether they are written as a map or as a list of keys and values.',
  appliesTo: (place) => !inDocument(place) && names.has(place.name) && typeof place.steps.at(-1) === 'string',
  canonical: (value) => asMap(value) ?? value,
  open: (before, after) => {
    const [one, other] = [asMap(before), asMap(after)];
    if (one === null && other === null) return null;
    const opened = { before: one ?? before, after: other ?? after, format: null };
    return isObject(opened.before) && isObject(opened.after) ? opened : null;
  },
};

const names = new Set(['tags', 'tagsall', 'labels', 'tag', 'tagset', 'taglist']);

/** A list of exactly keys and values as a map; null for anything else, also where a key stands twice. */
function asMap(value: Value): JsonObject | null {
  if (!isList(value) || value.length === 0) return null;
  const entries: [string, Json][] = [];
  for (const item of value) {
    if (!isObject(item) || Object.keys(item).length !== 2) return null;
    const key = field(item, 'Key') ?? field(item, 'key');
    const worth = field(item, 'Value') ?? field(item, 'value');
    if (typeof key !== 'string' || worth === undefined) return null;
    entries.push([key, worth]);
  }
  const map = Object.fromEntries(entries);
  return Object.keys(map).length === entries.length ? map : null;
}
