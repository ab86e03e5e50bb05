import { textToNumber, toBool, toList, toText } from '../convert.ts';
import { toListOf, toMapOf, toSetOf } from '../convert-to.ts';
import { Mistake } from '../mistake.ts';
import { findUnknown, isList, isMap, isSet, members, unknown, type Value } from '../value.ts';
import type { FunctionTable } from './rule.ts';

export const typeFunctions: FunctionTable = {
  tobool: { takes: [1, 1], run: ([value = null]) => (value === null ? null : toBool(value)) },
  tonumber: { takes: [1, 1], run: ([value = null]) => (typeof value === 'string' ? textToNumber(value) : number(value)) },
  tostring: { takes: [1, 1], run: ([value = null]) => (value === null ? null : toText(value)) },
  tolist: { takes: [1, 1], partial: true, run: ([value = null]) => (value === null ? null : list(value)) },
  toset: { takes: [1, 1], partial: true, run: ([value = null]) => (value === null ? null : set(value)) },
  tomap: { takes: [1, 1], partial: true, run: ([value = null]) => (value === null ? null : map(value)) },
  ephemeralasnull: { takes: [1, 1], run: ([value = null]) => value },
  sensitive: { takes: [1, 1], run: ([value = null]) => value },
  nonsensitive: { takes: [1, 1], run: ([value = null]) => value },
  issensitive: { takes: [1, 1], run: () => false },
};

function number(value: Value): Value {
  if (value === null || typeof value === 'number') return value;
  if (isMap(value) || isList(value) || typeof value === 'boolean') throw new Mistake('a number is needed');
  return value;
}

function list(value: Value): Value {
  return isSet(value) && findUnknown(value) !== undefined ? unknown('the order of the set is unknown') : toListOf(toList(value));
}

function set(value: Value): Value {
  const items = toList(value);
  const missing = items.map(findUnknown).find((found) => found !== undefined);
  return missing === undefined ? toSetOf(items) : unknown(missing.why);
}

function map(value: Value): Value {
  if (!isMap(value)) throw new Mistake(members(value) === undefined ? 'a map is needed' : 'a map is needed, not a list');
  return toMapOf(value);
}
