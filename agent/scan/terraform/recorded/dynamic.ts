import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';

/**
 * Takes away the wrapping that a state gives to attributes of no fixed type: `{"value": …, "type": …}`, the type written
 * as in https://pkg.go.dev/github.com/zclconf/go-cty/cty#Type.MarshalJSON. Plans and shown states have the bare value.
 */
export function unwrapDynamic(values: JsonObject): JsonObject {
  let found: Record<string, Json> | undefined;
  for (const [name, value] of Object.entries(values)) {
    if (!isWrapped(value)) continue;
    found ??= { ...values };
    found[name] = value['value'] ?? null;
  }
  return found ?? values;
}

function isWrapped(value: Json): value is JsonObject {
  return isObject(value) && Object.hasOwn(value, 'value') && Object.hasOwn(value, 'type') && Object.keys(value).length === 2 && isType(value['type']);
}

const primitives = new Set(['string', 'number', 'bool', 'dynamic']);
const containers = new Set(['list', 'set', 'map', 'tuple', 'object']);

function isType(value: Json | undefined): boolean {
  if (typeof value === 'string') return primitives.has(value);
  return isList(value) && typeof value[0] === 'string' && containers.has(value[0]);
}
