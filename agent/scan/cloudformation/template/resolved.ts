import type { Json } from '#proto/domain/json.ts';

/** A value that cannot be known from the template and its parameters; never compared. */
export const undecided = Symbol('undecided');

/** What `AWS::NoValue` leaves behind: the property is not there. */
export const absent = Symbol('absent');

export type Resolved = Json | typeof undecided | typeof absent;

export function isUndecided(value: unknown): value is typeof undecided {
  return value === undecided;
}

export function isAbsent(value: unknown): value is typeof absent {
  return value === absent;
}

/** A scalar as the text that a function would make of it, or undecided where it is no scalar. */
export function asText(value: Resolved): string | typeof undecided {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undecided;
}
