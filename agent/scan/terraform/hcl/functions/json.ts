import { numberOf, plainDigits } from '../convert.ts';
import { Mistake, Untold } from '../mistake.ts';
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
    parseJson(text, 'jsondecode'); // refuses what nests too deeply
    const parsed: unknown = JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) => (typeof value === 'number' ? new Numeral(context?.source ?? String(value)) : value));
    return decoded(parsed);
  } catch (error) {
    if (error instanceof Untold) throw error;
    throw new Mistake('the text is not JSON');
  }
}

/** A number on its way from text to value. */
class Numeral {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }
}

function decoded(json: unknown): Value {
  if (json instanceof Numeral) return numberOf(json.digits);
  if (typeof json === 'string') return json.toWellFormed().normalize('NFC');
  if (Array.isArray(json)) return json.map(decoded);
  if (typeof json !== 'object' || json === null) return typeof json === 'boolean' ? json : null;
  return new Map(Object.entries(json).map(([key, item]) => [normal(key), decoded(item)]));
}

function normal(key: string): string {
  if (key !== key.toWellFormed().normalize('NFC')) throw new Mistake('a key is not in normal form');
  return key;
}

/** A JSON value as a value of the language. */
export function fromJson(json: Json): Value {
  if (Array.isArray(json)) return json.map(fromJson);
  if (typeof json !== 'object' || json === null) return json;
  return new Map(Object.entries(json).map(([key, item]) => [key, fromJson(item)]));
}
