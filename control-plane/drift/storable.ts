import { Fault } from '#proto/domain/fault.ts';
import { isList, isObject, type Json } from '#proto/domain/json.ts';

/** Real resources stay below 30; the embedded database does not survive tens of thousands. */
const maxDepth = 256;

/**
 * The same value as `jsonb` can hold it: NUL and lone surrogates, which JSON knows and Postgres refuses, become U+FFFD.
 * @throws Fault `report-invalid` where it is nested too deep to be stored.
 */
export function storable(value: Json): Json {
  return isStorable(value, 0) ? value : mended(value);
}

/** The common case, which copies nothing. */
function isStorable(value: Json, depth: number): boolean {
  if (typeof value === 'string') return isStorableText(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === maxDepth) throw new Fault('report-invalid', { reason: `nested deeper than ${maxDepth}` });
  let sound = true; // no early end: what is left may be too deep
  if (isList(value)) {
    for (const item of value) sound = isStorable(item, depth + 1) && sound;
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) sound = isStorable(value[key] ?? null, depth + 1) && isStorableText(key) && sound;
  }
  return sound;
}

function mended(value: Json): Json {
  if (typeof value === 'string') return mendedText(value);
  if (isList(value)) return value.map(mended);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [mendedText(key), mended(item)]));
  return value;
}

function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function mendedText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
