import { isObject, type JsonObject, sameJson } from '#proto/domain/json.ts';
import { field } from '../fields.ts';
import { inDocument } from '../place.ts';
import type { Pair, Rule, Value } from '../rule.ts';

/** `tags_all` and its kin repeat what the map beside them says; only what they say alone counts. */
export const tagsAll: Rule = {
  name: 'tags-all',
  reason: 'The provider computes this map from the one beside it, where the same change is told.',
  appliesTo: (place) => !inDocument(place) && place.steps.length <= 2 && echoes.has(place.names[0] ?? ''),
  explains: ({ before, after, whole }, place) => {
    const source = echoes.get(place.names[0] ?? '') ?? [];
    const [, key] = place.steps;
    if (key !== undefined) return isRepeated(before, after, String(key), source, whole);
    const [one, other] = [asMap(before), asMap(after)];
    if (one === null || other === null) return false;
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => !sameJson(field(one, name), field(other, name)));
    return keys.length > 0 && keys.every((name) => isRepeated(field(one, name), field(other, name), name, source, whole));
  },
};

/** Computed map → the map it is computed from, by tool. */
const echoes = new Map<string, readonly string[]>([
  ['tagsall', ['tags', 'tag']],
  ['effectivelabels', ['labels']],
  ['terraformlabels', ['labels']],
  ['pulumilabels', ['labels']],
  ['effectiveannotations', ['annotations']],
]);

function isRepeated(before: Value, after: Value, key: string, source: readonly string[], whole: Pair['whole']): boolean {
  return source.some((name) => {
    const [one, other] = [asMap(field(whole.before, name)), asMap(field(whole.after, name))];
    if (one === null || other === null) return false;
    const told = { before: field(one, key), after: field(other, key) };
    return !sameJson(told.before, told.after) && isToldAs(told.before, before) && isToldAs(told.after, after);
  });
}

/** The same value, or the value of a default tag, of which the map beside says nothing until another stands over it. */
function isToldAs(told: Value, value: Value): boolean {
  return told === undefined || sameJson(told, value ?? null);
}

/** A map, an empty one where there is none, or null for what is something else. */
function asMap(value: Value): JsonObject | null {
  if (isObject(value)) return value;
  return value === undefined || value === null ? {} : null;
}
