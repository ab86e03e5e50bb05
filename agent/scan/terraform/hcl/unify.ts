import { convertTo } from './convert-to.ts';
import { typeOf, unify } from './typed.ts';
import { isList, isMap, isSensitive, isExact, unknown, type Value } from './value.ts';

/**
 * The chosen side of a condition in the type that both sides share, as terraform gives it: where the other side has a
 * text, a number or truth value becomes one. A side that tells nothing about types, like null, changes nothing.
 */
export function unified(chosen: Value, other: Value): Value {
  const type = unify([typeOf(chosen), typeOf(other)]);
  return type === undefined ? unknown('both sides of the condition must be of one type') : convertTo(type, chosen);
}

/** Whether the type of a value can depend on the other side at all. */
export function dependsOnOther(chosen: Value): boolean {
  if (isSensitive(chosen)) return dependsOnOther(chosen.value);
  return typeof chosen === 'number' || typeof chosen === 'boolean' || isExact(chosen) || isList(chosen) || isMap(chosen);
}
