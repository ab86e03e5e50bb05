import { plainDigits } from '../convert.ts';
import { Mistake } from '../mistake.ts';
import { isExact, isMap, isSet, kindOf, members, type Value } from '../value.ts';
import { parseJson } from '../../../source/parse-json.ts';
import type { Json } from '#proto/domain/json.ts';

/** JSON as terraform's `jsonencode` writes it: keys sorted, nothing between them, `<`, `>` and `&` escaped. */
export function encodeJson(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value).replaceAll(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  if (typeof value === 'number') return plainDigits(String(value));
  if (value === null || typeof value === 'boolean') return String(value);
  if (isExact(value)) return value.digits;
  if (isMap(value)) {
    const keys = [...value.keys()].sort();
    return `{${keys.map((key) => `${encodeJson(key)}:${encodeJson(value.get(key) ?? null)}`).join(',')}}`;
  }
  const items = members(value);
  if (items === undefined || (isSet(value) && kindOf(value) !== 'set')) throw new Mistake('this cannot be written as JSON');
  return `[${items.map(encodeJson).join(',')}]`;
}

/** @throws Mistake for what is no JSON */
export function decodeJson(text: string): Value {
  try {
    return fromJson(parseJson(text, 'jsondecode'));
  } catch {
    throw new Mistake('the text is not JSON');
  }
}

/** A JSON value as a value of the language. */
export function fromJson(json: Json): Value {
  if (Array.isArray(json)) return json.map(fromJson);
  if (typeof json !== 'object' || json === null) return json;
  return new Map(Object.entries(json).map(([key, item]) => [key, fromJson(item)]));
}
