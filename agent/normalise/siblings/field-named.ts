import type { JsonObject } from '#proto/domain/json.ts';
import { field } from '../fields.ts';
import type { Value } from '../rule.ts';

/** The field of this name, also where a tool spells it in camel case. */
export function fieldNamed(object: JsonObject, name: string): Value {
  return field(object, name) ?? field(object, name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()));
}
