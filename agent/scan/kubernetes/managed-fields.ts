import { z } from 'zod';
import { isList, isObject, type Json, type JsonObject, type Path, sameJson } from '#proto/domain/json.ts';

const Entry = z.object({
  manager: z.string(),
  operation: z.string().optional(),
  time: z.string().optional(),
  subresource: z.string().optional(),
  fieldsV1: z.json().optional(),
});

/** A field of a live object and who wrote it last. */
export interface OwnedField {
  /** As the object has it, lists by index. */
  readonly path: Path;
  readonly manager: string;
  readonly operation: string;
  /** RFC 3339, or null. */
  readonly time: string | null;
  readonly subresource: string | null;
}

/**
 * Who owns which field, from `metadata.managedFields`
 * (https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management). FieldsV1 keys are `f:name` for a
 * field, `k:{…}` for the list element with those keys, `v:…` for a list element of that value, `.` for the object itself.
 * Fields that the object does not have any more are left out, and what cannot be read is passed over.
 */
export function ownedFields(live: JsonObject, managedFields: Json | undefined): readonly OwnedField[] {
  if (!isList(managedFields)) return [];
  return managedFields.flatMap((entry) => {
    const parsed = Entry.safeParse(entry);
    if (!parsed.success || !isObject(parsed.data.fieldsV1)) return [];
    const { manager, operation = 'Update', time, subresource, fieldsV1 } = parsed.data;
    return leaves(fieldsV1, live, []).map((path) => ({ path, manager, operation, time: time ?? null, subresource: subresource ?? null }));
  });
}

function leaves(fields: JsonObject, value: Json | undefined, path: Path): readonly Path[] {
  const below = Object.entries(fields);
  if (below.length === 0) return value === undefined ? [] : [path];
  return below.flatMap(([key, inner]) => {
    if (key === '.') return []; // that it is there, not what is in it
    const step = stepOf(key, value);
    return step === null ? [] : leaves(isObject(inner) ? inner : {}, childOf(value, step), [...path, step]);
  });
}

function stepOf(key: string, value: Json | undefined): string | number | null {
  const text = key.slice(2);
  if (key.startsWith('f:')) return isObject(value) && Object.hasOwn(value, text) ? text : null;
  if (!isList(value)) return null;
  const index = key.startsWith('k:') ? indexByKeys(value, parse(text)) : key.startsWith('v:') ? indexByValue(value, parse(text)) : Number(text);
  return Number.isInteger(index) && index >= 0 && index < value.length ? index : null;
}

/** The element whose fields agree; what the element leaves out agrees with the API's default for a protocol. */
function indexByKeys(list: readonly Json[], keys: Json | undefined): number {
  if (!isObject(keys)) return -1;
  return list.findIndex((item) => isObject(item) && Object.entries(keys).every(([name, value]) => sameJson(item[name] ?? (name === 'protocol' ? 'TCP' : undefined), value)));
}

function indexByValue(list: readonly Json[], value: Json | undefined): number {
  return list.findIndex((item) => sameJson(item, value));
}

function childOf(value: Json | undefined, step: string | number): Json | undefined {
  if (isList(value)) return typeof step === 'number' ? value[step] : undefined;
  return isObject(value) && typeof step === 'string' && Object.hasOwn(value, step) ? value[step] : undefined;
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
