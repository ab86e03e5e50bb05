import { isList, isObject, type Json } from '#proto/domain/json.ts';
import { dig, parsePath } from './name-path.ts';
import type { Test } from './rule.ts';

type Value = Json | undefined;

/** True where the value passes the test. */
export function passes(value: Value, test: Test): boolean {
  if ('is' in test) return (isArray(test.is) ? test.is : [test.is]).some((one) => isLike(value, one));
  if ('has' in test) return leaves(value).some((leaf) => test.has.some((one) => isLike(leaf, one)));
  if ('like' in test) return leaves(value).some((leaf) => typeof leaf === 'string' && new RegExp(test.like, 'i').test(leaf));
  if ('empty' in test) return isEmpty(value);
  if ('below' in test) return isNumber(value) && Number(value) < test.below;
  if ('above' in test) return isNumber(value) && Number(value) > test.above;
  if ('fields' in test) return isObject(value) && Object.entries(test.fields).every(([path, inner]) => hasField(value, path, inner));
  if ('not' in test) return !passes(value, test.not);
  if ('all' in test) return test.all.every((inner) => passes(value, inner));
  return test.some.some((inner) => passes(value, inner));
}

function hasField(value: Json, path: string, test: Test): boolean {
  const found = dig(value, parsePath(path));
  return found.length === 0 ? passes(undefined, test) : found.some((one) => passes(one, test));
}

function isLike(value: Value, wanted: string | number | boolean | null): boolean {
  if (wanted === null) return value === null || value === undefined;
  return (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    && String(value).toLowerCase() === String(wanted).toLowerCase();
}

function isNumber(value: Value): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value));
}

function isEmpty(value: Value): boolean {
  if (value === null || value === undefined || value === '') return true;
  return isList(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

function leaves(value: Value): readonly Value[] {
  if (isList(value)) return value.flatMap(leaves);
  return isObject(value) ? Object.values(value).flatMap(leaves) : [value];
}

function isArray<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
