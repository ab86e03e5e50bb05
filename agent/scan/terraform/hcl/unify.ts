import { toText } from './convert.ts';
import { isExact, isList, isMap, isSensitive, sensitive, type Value } from './value.ts';

/**
 * The chosen side of a condition in the type that both sides share, as terraform gives it: where the other side has a
 * text, a number or truth value becomes one. A side that tells nothing about types, like null, changes nothing.
 */
export function unified(chosen: Value, other: Value): Value {
  if (isSensitive(chosen)) return sensitive(unified(chosen.value, other));
  if (isSensitive(other)) return unified(chosen, other.value);
  if (isList(chosen) && isList(other)) return unifiedLists(chosen, other);
  if (isMap(chosen) && isMap(other)) return unifiedMaps(chosen, other);
  return typeof other === 'string' && becomesText(chosen) ? toText(chosen) : chosen;
}

/** Whether the type of a value can depend on the other side at all. */
export function dependsOnOther(chosen: Value): boolean {
  if (isSensitive(chosen)) return dependsOnOther(chosen.value);
  return becomesText(chosen) || isList(chosen) || isMap(chosen);
}

/** Of one length they may be tuples, matched by position; else both are lists of one type. */
function unifiedLists(chosen: readonly Value[], other: readonly Value[]): Value {
  if (chosen.length === other.length) return chosen.map((item, index) => unified(item, other[index] ?? null));
  return withText([...chosen, ...other]) ? chosen.map(asText) : chosen;
}

/** With the same keys they may be objects, matched by key; else both are maps of one type. */
function unifiedMaps(chosen: ReadonlyMap<string, Value>, other: ReadonlyMap<string, Value>): Value {
  const isSameShape = chosen.size === other.size && [...chosen.keys()].every((key) => other.has(key));
  if (isSameShape) return new Map([...chosen].map(([key, item]) => [key, unified(item, other.get(key) ?? null)]));
  return withText([...chosen.values(), ...other.values()]) ? new Map([...chosen].map(([key, item]) => [key, asText(item)])) : chosen;
}

function withText(items: readonly Value[]): boolean {
  const told = items.filter((item) => item !== null);
  return told.some((item) => typeof item === 'string') && told.every((item) => typeof item === 'string' || becomesText(item));
}

function asText(item: Value): Value {
  return item === null ? null : toText(item);
}

function becomesText(value: Value): boolean {
  return typeof value === 'number' || typeof value === 'boolean' || isExact(value);
}
