import { canonical, equal, toBool, toList, toMap, toNumber, toSet, toText, unifyPrimitives } from '../convert.ts';
import { Mistake } from '../mistake.ts';
import { findUnknown, isList, isMap, isSet, isUnknown, members, unknown, type Value } from '../value.ts';
import { many, type FunctionTable } from './rule.ts';

export const collectionFunctions: FunctionTable = {
  alltrue: { takes: [1, 1], run: ([list]) => toList(list ?? null).every((item) => item !== null && toBool(item)) },
  anytrue: { takes: [1, 1], run: ([list]) => toList(list ?? null).some((item) => item !== null && toBool(item)) },
  chunklist: { takes: [2, 2], partial: true, run: ([list, size]) => chunk(toList(list ?? null), toNumber(size ?? null)) },
  coalesce: { takes: [1, many], run: (values) => firstOf(unifyPrimitives(values).filter((value) => value !== null && value !== '')) },
  coalescelist: { takes: [1, many], partial: true, run: (values) => firstOf(values.filter((value) => (members(value)?.length ?? 0) > 0)) },
  compact: { takes: [1, 1], run: ([list]) => toList(list ?? null).filter((item) => item !== null && item !== '') },
  concat: { takes: [1, many], partial: true, run: (lists) => lists.flatMap(toList) },
  contains: { takes: [2, 2], run: ([list, wanted = null]) => toList(list ?? null).some((item) => equal(item, wanted)) },
  distinct: { takes: [1, 1], run: ([list]) => distinct(toList(list ?? null)) },
  element: { takes: [2, 2], partial: true, run: ([list, index]) => element(toList(list ?? null), toNumber(index ?? null)) },
  flatten: { takes: [1, 1], partial: true, run: ([list]) => flatten(toList(list ?? null)) },
  index: { takes: [2, 2], run: ([list, wanted = null]) => indexOf(toList(list ?? null), wanted) },
  keys: { takes: [1, 1], partial: true, run: ([map]) => sortedKeys(map) },
  length: { takes: [1, 1], partial: true, run: ([value]) => lengthOf(value ?? null) },
  list: { takes: [0, many], partial: true, run: (values) => values },
  lookup: { takes: [2, 3], partial: true, run: ([map, key, ...rest]) => lookup(map ?? null, toText(key ?? null), rest) },
  map: { takes: [0, many], partial: true, run: (values) => new Map(chunk(values, 2).map((pair) => pairOf(pair))) },
  matchkeys: { takes: [3, 3], run: ([values, keys, wanted]) => matchKeys(toList(values ?? null), toList(keys ?? null), toList(wanted ?? null)) },
  merge: { takes: [0, many], partial: true, run: (maps) => new Map(maps.filter((map) => map !== null).flatMap((map) => [...toMap(map)])) },
  one: { takes: [1, 1], partial: true, run: ([list]) => one(toList(list ?? null)) },
  range: { takes: [1, 3], run: (args, budget) => range(args.map(toNumber), (count) => budget.spend(count)) },
  reverse: { takes: [1, 1], partial: true, run: ([list]) => toList(list ?? null).toReversed() },
  setintersection: { takes: [1, many], run: ([first, ...rest]) => toSet(toList(first ?? null).filter((item) => rest.every((set) => holds(toList(set), item)))) },
  setproduct: { takes: [1, many], run: (sets, budget) => product(sets, (count) => budget.spend(count)) },
  setsubtract: { takes: [2, 2], run: ([from, taken]) => toSet(toList(from ?? null).filter((item) => !holds(toList(taken ?? null), item))) },
  setunion: { takes: [1, many], run: (sets) => toSet(sets.flatMap(toList)) },
  slice: { takes: [3, 3], partial: true, run: ([list, from, to]) => slice(toList(list ?? null), toNumber(from ?? null), toNumber(to ?? null)) },
  sort: { takes: [1, 1], run: ([list]) => toList(list ?? null).map(toText).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))) },
  transpose: { takes: [1, 1], run: ([map]) => transpose(toMap(map ?? null)) },
  values: { takes: [1, 1], partial: true, run: ([map]) => sortedKeys(map).map((key) => toMap(map ?? null).get(key) ?? null) },
  zipmap: { takes: [2, 2], partial: true, run: ([keys, values]) => zip(toList(keys ?? null), toList(values ?? null)) },
};

function chunk(items: readonly Value[], size: number): readonly (readonly Value[])[] {
  if (!Number.isInteger(size) || size < 1) throw new Mistake('the size of a chunk must be at least 1');
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

function pairOf([key = null, value = null]: readonly Value[]): [string, Value] {
  return [toText(key), value];
}

function firstOf(values: readonly Value[]): Value {
  const [first] = values;
  if (first === undefined) throw new Mistake('every argument is empty');
  return first;
}

function distinct(items: readonly Value[]): readonly Value[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const text = canonical(item);
    return !seen.has(text) && seen.add(text);
  });
}

function element(items: readonly Value[], index: number): Value {
  if (items.length === 0) throw new Mistake('the list is empty');
  return items[((index % items.length) + items.length) % items.length] ?? null;
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

function indexOf(items: readonly Value[], wanted: Value): Value {
  const found = items.findIndex((item) => equal(item, wanted));
  if (found === -1) throw new Mistake('the list does not hold that member');
  return found;
}

function sortedKeys(map: Value | undefined): readonly string[] {
  return [...toMap(map ?? null).keys()].sort();
}

function lengthOf(value: Value): Value {
  if (typeof value === 'string') return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(value)].length;
  if (isSet(value) && value.items.some((item) => findUnknown(item) !== undefined)) return unknown('members of the set are unknown and may be the same');
  return isMap(value) ? value.size : toList(value).length;
}

function lookup(map: Value, key: string, rest: readonly Value[]): Value {
  const found = toMap(map).get(key);
  if (found !== undefined) return found;
  const [otherwise] = rest;
  if (otherwise === undefined) throw new Mistake('the map does not hold that key');
  return otherwise;
}

function matchKeys(values: readonly Value[], keys: readonly Value[], wanted: readonly Value[]): Value {
  if (values.length !== keys.length) throw new Mistake('values and keys differ in length');
  return values.filter((_, index) => holds(wanted, keys[index] ?? null));
}

function holds(items: readonly Value[], wanted: Value): boolean {
  return items.some((item) => equal(item, wanted));
}

function one(items: readonly Value[]): Value {
  if (items.length > 1) throw new Mistake('the list has more than one member');
  return items[0] ?? null;
}

function range(numbers: readonly number[], spend: (count: number) => void): Value {
  const [start, end] = numbers.length === 1 ? [0, numbers[0] ?? 0] : [numbers[0] ?? 0, numbers[1] ?? 0];
  const step = numbers[2] ?? (start <= end ? 1 : -1);
  const count = Math.max(0, Math.ceil((end - start) / step));
  if (step === 0 || count > 1024) throw new Mistake('more than 1024 numbers'); // terraform's own limit
  spend(count);
  return Array.from({ length: count }, (_, index) => start + index * step);
}

function product(sets: readonly Value[], spend: (count: number) => void): Value {
  const lists = sets.map(toList);
  const count = lists.reduce((size, list) => size * list.length, 1);
  spend(count);
  if (count > 100_000) throw new Mistake('the product grows without end');
  const found = lists.reduce<readonly (readonly Value[])[]>((rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])), [[]]);
  return sets.every(isSet) ? toSet(found) : found;
}

function slice(items: readonly Value[], from: number, to: number): Value {
  if (from < 0 || to < from || to > items.length) throw new Mistake('the list is not that long');
  return items.slice(from, to);
}

function transpose(map: ReadonlyMap<string, Value>): Value {
  const found = new Map<string, string[]>();
  for (const key of [...map.keys()].sort()) {
    for (const item of toList(map.get(key) ?? null)) found.set(toText(item), [...(found.get(toText(item)) ?? []), key]);
  }
  return found;
}

function zip(keys: readonly Value[], values: readonly Value[]): Value {
  const missing = keys.find(isUnknown);
  if (missing !== undefined) return unknown(missing.why);
  if (keys.length !== values.length) throw new Mistake('keys and values differ in length');
  return new Map(keys.map((key, index) => [toText(key), values[index] ?? null]));
}
