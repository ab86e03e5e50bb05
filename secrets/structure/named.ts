import { isList, type Json } from '#proto/domain/json.ts';
import { isStandIn } from '../values.ts';
import type { StructureRule } from './mark.ts';

/** `"db_password": "…"`: the name of a field says that its value is secret. */
export const secretNames: StructureRule = {
  name: 'structure/secret-name',
  keywords: [],
  levels: 1,
  isCalledBy: (name, judge) => judge(name) === 'secret',
  *marks(object, judge) {
    for (const [name, value] of Object.entries(object)) {
      if (judge(name) === 'secret' && isSecretValue(value)) yield { path: [name] };
    }
  },
};

const nameKeys = ['name', 'key', 'Name', 'Key', 'OutputKey', 'ParameterKey', 'variable', 'id'];
const valueKeys = ['value', 'Value', 'OutputValue', 'ParameterValue', 'ResolvedValue', 'val', 'default', 'Default', 'DefaultValue', 'plaintext', 'content'];

/** `{"name": "DB_PASSWORD", "value": "…"}`: the name beside a value says that it is secret. */
export const namesBeside: StructureRule = {
  name: 'structure/name-beside',
  keywords: [],
  levels: 1,
  isCalledBy: (name) => valueKeys.includes(name),
  *marks(object, judge) {
    const names = nameKeys.map((key) => object[key]).filter((name) => typeof name === 'string');
    if (!names.some((name) => judge(name) === 'secret')) return;
    for (const key of valueKeys) {
      const value = object[key];
      if (typeof value === 'string' && isSecretValue(value)) yield { path: [key] };
    }
  },
};

/** `"db_password": {"sensitive": true, "value": "…"}`: an output of Terraform, a variable with a default. */
export const valuesBelowNames: StructureRule = {
  name: 'structure/secret-name',
  keywords: [],
  levels: 1,
  isCalledBy: (name, judge) => judge(name) === 'secret',
  *marks(object, judge) {
    for (const [name, inner] of Object.entries(object)) {
      if (typeof inner !== 'object' || inner === null || isList(inner) || judge(name) !== 'secret') continue;
      for (const key of valueKeys) {
        const value = inner[key];
        if (typeof value === 'string' && isSecretValue(value)) yield { path: [name, key] };
      }
    }
  },
};

/** A name alone does not make flags, empty values, references or whole objects secret; those are walked instead. */
export function isSecretValue(value: Json): boolean {
  if (typeof value === 'string') return value.length >= 3 && !isStandIn(value) && !isPlainText(value);
  if (typeof value === 'number') return value >= 1_000;
  return isList(value) && value.length > 0 && value.every((item) => typeof item === 'string' && isSecretValue(item));
}

/** What stands under a secret's name without being one: an ARN, a URL without credentials, a path, the name of an object. */
function isPlainText(value: string): boolean {
  return /^(?:arn:|https?:\/\/[^@]*$|\/[\w./-]*$|\.{1,2}\/)/.test(value) || value.includes('${') || value.includes('{{');
}
