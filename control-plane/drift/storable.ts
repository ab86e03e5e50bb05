import { Fault } from '#proto/domain/fault.ts';
import { isList, isObject, type Json } from '#proto/domain/json.ts';

/** Real resources stay below 30; the embedded database does not survive tens of thousands. */
const maxDepth = 256;

/**
 * The same value as `jsonb` can hold it: NUL and lone surrogates, which JSON knows and Postgres refuses, become U+FFFD.
 * @throws Fault `report-invalid` where it is nested too deep to be stored.
 */
export function storable(value: Json, depth = 0): Json {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === maxDepth) throw new Fault('report-invalid', { reason: `nested deeper than ${maxDepth}` });
  if (isList(value)) return value.map((item) => storable(item, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storableText(key), storable(item, depth + 1)]));
}

/** As `storable`, for text. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
