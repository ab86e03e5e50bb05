import { describe, toNumber, toText } from './convert.ts';
import { failed, isLazy, isMap, isSensitive, isSet, isUnknown, members, sensitive, unknown, type Value } from './value.ts';

/** `of.name` */
export function attributeOf(of: Value, name: string): Value {
  if (isSensitive(of)) return sensitive(attributeOf(of.value, name));
  if (isUnknown(of)) return of;
  if (isLazy(of)) return of.get(name);
  if (isMap(of)) return of.get(name) ?? (of.has(name) ? null : failed(`there is no ${name} in the object`));
  if (members(of) !== undefined && /^\d+$/.test(name)) return elementOf(of, Number(name));
  return failed(`${describe(of)} has no ${name}`);
}

/** `of[key]` */
export function elementOf(of: Value, key: Value): Value {
  if (isSensitive(of)) return sensitive(elementOf(of.value, key));
  if (isSensitive(key)) return sensitive(elementOf(of, key.value));
  if (isUnknown(of)) return of;
  if (isUnknown(key)) return unknown(key.why);
  if (isLazy(of)) return of.get(toText(key));
  if (isMap(of)) return attributeOf(of, toText(key));
  if (isSet(of)) return failed('a set has no numbered members');
  const items = members(of);
  if (items === undefined) return failed(`${describe(of)} has no members`);
  const index = toNumber(key);
  const found = items[index];
  return found === undefined ? failed('the list has no member of that number') : found;
}
