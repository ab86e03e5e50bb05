import { isList, isObject, type JsonObject, sortedText } from '#proto/domain/json.ts';
import type { Value } from './rule.ts';

/** An object's own field; never what it inherits, since a state may well hold a key `__proto__` or `constructor`. */
export function field(object: JsonObject, key: string): Value {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** True for what many providers cannot tell from "not set": null, absent, `""`, `[]` and `{}`. */
export function isEmpty(value: Value): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (isList(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

/** One text for equal values, whatever the order of their keys; empty where there is none. */
export function keyOfValue(value: Value): string {
  return value === undefined ? '' : sortedText(value);
}

/** A spelling for texts only; whatever else stands there stays as it is. */
export function spellText(spell: (text: string) => string): (value: Value) => Value {
  return (value) => (typeof value === 'string' ? spell(value) : value);
}
