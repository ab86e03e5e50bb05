import { Fault } from '#proto/domain/fault.ts';
import { isList, isObject, type Json } from '#proto/domain/json.ts';

/** Real resources stay below 30; the embedded database does not survive tens of thousands. */
const maxDepth = 256;

/**
 * The same value as `jsonb` can hold it: NUL and lone surrogates, which JSON knows and Postgres refuses, become U+FFFD.
 * @throws Fault `report-invalid` where it is nested too deep to be stored.
 */
export function storable(value: Json): Json {
  refuseDepth(value);
  return isStorableText(JSON.stringify(value)) ? value : mended(value);
}

/** True where a text that `JSON.stringify` has written holds nothing that `jsonb` refuses: it writes that as escapes. */
export function isStorableText(json: string): boolean {
  return !json.includes('\\u') || !refused.test(json);
}

/** An even number of backslashes before is text of its own. */
const refused = /(?:^|[^\\])(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** @throws Fault `report-invalid` */
export function refuseDepth(value: Json): void {
  if (isDeeper(value, 0)) throw new Fault('report-invalid', { reason: `nested deeper than ${maxDepth}` });
}

function isDeeper(value: Json, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === maxDepth) return true;
  const inner: readonly Json[] = isList(value) ? value : Object.values(value);
  for (const item of inner) if (isDeeper(item, depth + 1)) return true;
  return false;
}

function mended(value: Json): Json {
  if (typeof value === 'string') return mendedText(value);
  if (isList(value)) return value.map(mended);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [mendedText(key), mended(item)]));
  return value;
}

function mendedText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
