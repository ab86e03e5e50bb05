import { canonical, equal, toList, toMap, toText } from '../convert.ts';
import { inOneType, toListOf, toMapOf } from '../convert-to.ts';
import { Mistake } from '../mistake.ts';
import { listOf, mapOf, type Type, typeOf, unify } from '../typed.ts';
import { isList, isSet, isUnknown, members, unknown, type Value } from '../value.ts';
import { sequence } from './collections.ts';
import { many, type FunctionTable } from './rule.ts';
import { whole } from './whole.ts';

const text: Type = { kind: 'string' };

/** What makes lists and maps of others. */
export const reshapingFunctions: FunctionTable = {
  chunklist: { takes: [2, 2], partial: true, run: ([list, size]) => chunk(toListOf(toList(list ?? null)), whole(size)) },
  compact: { takes: [1, 1], run: ([list]) => listOf(text, texts(toList(list ?? null)).filter((item) => item !== null && item !== '')) },
  concat: { takes: [1, many], partial: true, run: (lists) => concat(lists) },
  distinct: { takes: [1, 1], run: ([list]) => distinct(toListOf(toList(list ?? null))) },
  flatten: { takes: [1, 1], partial: true, run: ([list]) => flatten(toList(list ?? null)) },
  keys: { takes: [1, 1], partial: true, run: ([map = null]) => (typeOf(map).kind === 'map' ? listOf(text, sortedKeys(map)) : sortedKeys(map)) },
  matchkeys: { takes: [3, 3], run: ([values, keys, wanted]) => matchKeys(toListOf(toList(values ?? null)), toList(keys ?? null), toList(wanted ?? null)) },
  merge: { takes: [0, many], partial: true, run: (maps) => merge(maps.filter((map) => map !== null)) },
  reverse: { takes: [1, 1], partial: true, run: ([list = null]) => reversed(list) },
  slice: { takes: [3, 3], partial: true, run: ([list = null, from, to]) => likeFirst(list, slice(sequence(list), whole(from), whole(to))) },
  sort: { takes: [1, 1], run: ([list]) => listOf(text, toList(list ?? null).map(toText).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) },
  transpose: { takes: [1, 1], run: ([map]) => transpose(toMap(map ?? null)) },
  values: { takes: [1, 1], partial: true, run: ([map = null]) => valuesOf(map) },
  zipmap: { takes: [2, 2], partial: true, run: ([keys, values = null]) => zip(toList(keys ?? null), values) },
};

function texts(items: readonly Value[]): readonly Value[] {
  return items.map((item) => (item === null ? null : toText(item)));
}

/** In the type of the list that it was made of; of a tuple, a tuple. */
function likeFirst(first: Value, items: readonly Value[]): Value {
  const type = typeOf(first);
  return type.kind === 'list' || type.kind === 'set' ? listOf(type.of, items) : items;
}

function chunk(items: readonly Value[], size: number): Value {
  if (size < 0) throw new Mistake('the size of a chunk must not be negative');
  const inner = typeOf(items);
  if (size === 0) return listOf(inner, items.length === 0 ? [] : [items]);
  return listOf(inner, Array.from({ length: Math.ceil(items.length / size) }, (_, index) => likeFirst(items, items.slice(index * size, (index + 1) * size))));
}

/** Lists of types that go together are one list, anything else is a tuple. */
function concat(lists: readonly Value[]): Value {
  const items = lists.flatMap(sequence);
  const types = lists.map(typeOf);
  return types.every(({ kind }) => kind === 'list') && unify(types) !== undefined ? toListOf(items) : items;
}

function distinct(items: readonly Value[]): Value {
  const seen = new Set<string>();
  const kept = items.filter((item) => {
    const told = canonical(item);
    return !seen.has(told) && seen.add(told);
  });
  return likeFirst(items, kept);
}

/** An unknown member might be a list of any length, so it leaves the whole unknown. */
function flatten(items: readonly Value[]): Value {
  const missing = items.find(isUnknown);
  if (missing !== undefined) return unknown(missing.why);
  const flat: Value[] = [];
  for (const item of items) {
    const inner = members(item);
    const found = inner === undefined ? [item] : flatten(inner);
    if (!isList(found)) return found;
    for (const each of found) flat.push(each);
  }
  return flat;
}

function sortedKeys(map: Value): readonly string[] {
  return [...toMap(map).keys()].sort();
}

function valuesOf(map: Value): Value {
  const held = toMap(map);
  const items = sortedKeys(map).map((key) => held.get(key) ?? null);
  const type = typeOf(map);
  return type.kind === 'map' ? listOf(type.of, items) : items;
}

/** Maps of one type are a map, anything else an object. */
function merge(maps: readonly Value[]): Value {
  const types = maps.map(typeOf);
  const merged = new Map(maps.flatMap((map) => [...toMap(map)]));
  const [first] = types;
  if (first?.kind !== 'map' || !types.every(({ kind }) => kind === 'map')) return merged;
  return types.every((type) => canonicalType(type) === canonicalType(first)) ? mapOf(first.of, merged) : merged;
}

function canonicalType(type: Type): string {
  return JSON.stringify(type, (_, value: unknown) => (value instanceof Map ? [...value] : value));
}

function reversed(list: Value): Value {
  const items = toList(list).toReversed();
  return isSet(list) ? toListOf(items) : likeFirst(list, items);
}

function matchKeys(values: readonly Value[], keys: readonly Value[], wanted: readonly Value[]): Value {
  if (values.length !== keys.length) throw new Mistake('values and keys differ in length');
  const all = inOneType([...keys, ...wanted]).values;
  const sought = all.slice(keys.length);
  return likeFirst(values, values.filter((_, index) => sought.some((item) => equal(item, all[index] ?? null))));
}

function slice(items: readonly Value[], from: number, to: number): readonly Value[] {
  if (from < 0 || to < from || to > items.length) throw new Mistake('the list is not that long');
  return items.slice(from, to);
}

function transpose(map: ReadonlyMap<string, Value>): Value {
  const found = new Map<string, string[]>();
  for (const key of [...map.keys()].sort()) {
    for (const item of toList(map.get(key) ?? null)) found.set(toText(item), [...(found.get(toText(item)) ?? []), key]);
  }
  return mapOf({ kind: 'list', of: text }, [...found].map(([key, items]) => [key, listOf(text, items)]));
}

/** Over a list a map, over a tuple an object. */
function zip(keys: readonly Value[], values: Value): Value {
  const missing = keys.find(isUnknown);
  if (missing !== undefined) return unknown(missing.why);
  const items = toList(values);
  if (keys.length !== items.length) throw new Mistake('keys and values differ in length');
  const zipped = new Map(keys.map((key, index) => [toText(key), items[index] ?? null]));
  const { kind } = typeOf(values);
  return kind === 'list' || kind === 'set' ? toMapOf(zipped) : zipped;
}
