import { Fault } from '#proto/domain/fault.ts';
import { isList, isObject } from '#proto/domain/json.ts';
import type { Value } from './normaliser.ts';

/** No provider nests so far; deeper values are refused by name, since everything behind the comparison recurses. */
const maxDepth = 200;

/**
 * Equality of values, key order ignored; null and absent are different here.
 * @throws Fault `value-too-deep`
 */
export function same(a: Value, b: Value, depth = 0): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (depth > maxDepth) throw new Fault('value-too-deep', { maxDepth });
  if (isList(a)) return isList(b) && sameList(a, b, depth);
  return isObject(a) && isObject(b) && sameObject(a, b, depth);
}

function sameList(a: readonly Value[], b: readonly Value[], depth: number): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (!same(a[index], b[index], depth + 1)) return false;
  return true;
}

function sameObject(a: { readonly [key: string]: Value }, b: { readonly [key: string]: Value }, depth: number): boolean {
  let keys = 0;
  // eslint-disable-next-line guard-for-in -- parsed JSON inherits nothing enumerable, and for-in is twice as fast as keys()
  for (const key in a) {
    keys += 1;
    const value = b[key];
    if (!same(a[key], value, depth + 1)) return false;
    if (value === undefined || !Object.hasOwn(b, key)) return false;
  }
  for (const _ in b) keys -= 1;
  return keys === 0;
}
