import { equal, toBool, toList, toMap, toNumber, toText } from '../convert.ts';
import { inOneType } from '../convert-to.ts';
import { Mistake } from '../mistake.ts';
import { listOf, sameType, typeOf } from '../typed.ts';
import { findUnknown, isMap, isSet, unknown, type Value } from '../value.ts';
import { many, type FunctionTable } from './rule.ts';
import { whole } from './whole.ts';

/** What is asked of lists and maps: how many, whether, which one. */
export const collectionFunctions: FunctionTable = {
  alltrue: { takes: [1, 1], run: ([list]) => toList(list ?? null).every((item) => item !== null && toBool(item)) },
  anytrue: { takes: [1, 1], run: ([list]) => toList(list ?? null).some((item) => item !== null && toBool(item)) },
  coalesce: { takes: [1, many], run: (values) => firstOf(inOneType(values).values.filter((value) => value !== null && value !== '')) },
  coalescelist: { takes: [1, many], partial: true, run: (values) => firstOf(values.filter((value) => sequence(value).length > 0)) },
  contains: { takes: [2, 2], run: ([list, wanted = null]) => toList(list ?? null).some((item) => equal(item, given(wanted))) },
  element: { takes: [2, 2], partial: true, run: ([list, index]) => element(sequence(list ?? null), whole(index)) },
  index: { takes: [2, 2], run: ([list, wanted = null]) => indexOf(sequence(list ?? null), wanted) },
  length: { takes: [1, 1], partial: true, run: ([value]) => lengthOf(value ?? null) },
  lookup: { takes: [2, 3], partial: true, run: ([map, key, ...rest]) => lookup(map ?? null, toText(key ?? null), rest) },
  one: { takes: [1, 1], partial: true, run: ([list]) => one(toList(list ?? null)) },
  range: { takes: [1, 3], run: (args, budget) => range(args.map(toNumber), (count) => budget.spend(count)) },
};

/** A list or a tuple: a set has no order. @throws Mistake */
export function sequence(value: Value): readonly Value[] {
  if (isSet(value)) throw new Mistake('a list is needed, not a set');
  return toList(value);
}

function given(value: Value): Value {
  if (value === null) throw new Mistake('an argument must not be null');
  return value;
}

function firstOf(values: readonly Value[]): Value {
  const [first] = values;
  if (first === undefined) throw new Mistake('every argument is empty');
  return first;
}

function element(items: readonly Value[], index: number): Value {
  if (items.length === 0) throw new Mistake('the list is empty');
  return items[((index % items.length) + items.length) % items.length] ?? null;
}

function indexOf(items: readonly Value[], wanted: Value): Value {
  const found = items.findIndex((item) => equal(item, wanted));
  if (found === -1) throw new Mistake('the list does not hold that member');
  return found;
}

function lengthOf(value: Value): Value {
  if (typeof value === 'string') return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(value)].length;
  if (isSet(value) && value.items.some((item) => findUnknown(item) !== undefined)) return unknown('members of the set are unknown and may be the same');
  return isMap(value) ? value.size : toList(value).length;
}

/** Of a map, the default takes the type of its values; an object's may be of any. */
function lookup(map: Value, key: string, rest: readonly Value[]): Value {
  const held = toMap(map);
  const [otherwise] = rest;
  const type = typeOf(map);
  const fallback = type.kind === 'map' && otherwise !== undefined ? asMember(type.of, otherwise) : otherwise;
  const found = held.get(key);
  if (found !== undefined) return found;
  if (fallback === undefined) throw new Mistake('the map does not hold that key');
  return fallback;
}

function asMember(of: ReturnType<typeof typeOf>, otherwise: Value): Value {
  if (of.kind === 'any' || otherwise === null || sameType(of, typeOf(otherwise)) !== false) return otherwise;
  if (of.kind !== 'string') throw new Mistake('the default is not of the type of the map');
  return toText(otherwise);
}

function one(items: readonly Value[]): Value {
  if (items.length > 1) throw new Mistake('the list has more than one member');
  return items[0] ?? null;
}

function range(numbers: readonly number[], spend: (count: number) => void): Value {
  const [start, end] = numbers.length === 1 ? [0, numbers[0] ?? 0] : [numbers[0] ?? 0, numbers[1] ?? 0];
  const step = numbers[2] ?? (start <= end ? 1 : -1);
  if (step === 0 || (start !== end && start < end !== step > 0)) throw new Mistake('the step leads away from the end');
  const count = Math.max(0, Math.ceil((end - start) / step));
  if (count > 1024) throw new Mistake('more than 1024 numbers'); // terraform's own limit
  spend(count);
  return listOf({ kind: 'number' }, Array.from({ length: count }, (_, index) => start + index * step));
}
