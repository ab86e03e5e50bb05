/**
 * What an expression comes to. Objects and maps are one (`Map`), lists and tuples are one; sets keep their members apart
 * and in order. A number that a double cannot hold stays the digits it was written with.
 */
export type Value = null | boolean | number | string | readonly Value[] | ReadonlyMap<string, Value> | Exact | SetOf | Unknown | Sensitive | Lazy;

export interface Exact {
  readonly kind: 'exact';
  readonly digits: string;
}

export interface SetOf {
  readonly kind: 'set';
  readonly items: readonly Value[];
}

/** A value that cannot be told here. `failed` where terraform itself would report an error. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly why: string;
  readonly failed: boolean;
}

/** A value that must not be shown, and everything made of it. */
export interface Sensitive {
  readonly kind: 'sensitive';
  readonly value: Value;
}

/** An object whose attributes are looked up when they are asked for: a resource, a module. */
export interface Lazy {
  readonly kind: 'lazy';
  readonly get: (name: string) => Value;
  /** The whole of it, where something asks for that. */
  readonly whole: () => Value;
}

export function unknown(why: string): Unknown {
  return { kind: 'unknown', why, failed: false };
}

export function failed(why: string): Unknown {
  return { kind: 'unknown', why, failed: true };
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is ReadonlyMap<string, Value> {
  return value instanceof Map;
}

type Kinded = Exact | SetOf | Unknown | Sensitive | Lazy;

/** The kind of those values that are marked with one, or null for plain ones. */
export function kindOf(value: Value): Kinded['kind'] | null {
  return isKinded(value) ? value.kind : null;
}

function isKinded(value: Value): value is Kinded {
  return typeof value === 'object' && value !== null && !isList(value) && !isMap(value);
}

export function isUnknown(value: Value): value is Unknown {
  return isKinded(value) && value.kind === 'unknown';
}

export function isSet(value: Value): value is SetOf {
  return isKinded(value) && value.kind === 'set';
}

export function isExact(value: Value): value is Exact {
  return isKinded(value) && value.kind === 'exact';
}

export function isSensitive(value: Value): value is Sensitive {
  return isKinded(value) && value.kind === 'sensitive';
}

export function isLazy(value: Value): value is Lazy {
  return isKinded(value) && value.kind === 'lazy';
}

/** Marks a value as sensitive, once. */
export function sensitive(value: Value): Value {
  return isSensitive(value) ? value : { kind: 'sensitive', value };
}

/** The members of a list or set, or undefined for anything else. */
export function members(value: Value): readonly Value[] | undefined {
  if (isList(value)) return value;
  return isSet(value) ? value.items : undefined;
}

/** The direct parts of a value. */
function parts(value: Value): Iterable<Value> {
  if (isMap(value)) return value.values();
  return members(value) ?? [];
}

/** The first unknown anywhere in a value, or undefined. */
export function findUnknown(value: Value): Unknown | undefined {
  if (isUnknown(value)) return value;
  if (isSensitive(value)) return findUnknown(value.value);
  for (const part of parts(value)) {
    const found = findUnknown(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether there is a sensitive mark or a lazy object anywhere in a value. */
export function isVeiled(value: Value): boolean {
  if (isSensitive(value) || isLazy(value)) return true;
  for (const part of parts(value)) if (isVeiled(part)) return true;
  return false;
}
