/** Any JSON value, read-only. Numbers beyond 2^53 are carried as decimal strings by the readers. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** Steps from a resource's root to a value: object keys and list indices. */
export type Path = readonly (string | number)[];

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** True where this, all the way down, is what JSON can say. */
export function isJson(value: unknown): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  if (typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && Object.values(value).every(isJson);
}

/** `ingress[0].cidr_blocks["a b"]`: how a path is written for people, on findings and in rules. */
export function writePath(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** Equality of JSON values: key order is ignored, list order is not. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]));
}

/** One text for equal values: JSON with the keys of every object sorted. */
export function sortedText(value: Json): string {
  return JSON.stringify(sorted(value));
}

/** The value itself where its keys are in order already, as the tools write them; else a copy. */
function sorted(value: Json): Json {
  if (isList(value)) {
    const items = value.map(sorted);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  const items = keys.map((key) => sorted(value[key] ?? null));
  const isSorted = keys.every((key, index) => (index === 0 || (keys[index - 1] ?? '') < key) && items[index] === value[key]);
  return isSorted ? value : Object.fromEntries(keys.map((key, index) => [key, items[index] ?? null] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
