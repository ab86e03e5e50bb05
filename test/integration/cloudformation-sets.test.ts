import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execaSync } from 'execa';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { isCloudFormationSet } from '#agent/normalise/cloudformation-sets.ts';
import { foldName } from '#proto/domain/resource-type.ts';
import { onPath } from '#test/harness/terraform-program.ts';
import { isList, isObject, type Json } from '#proto/domain/json.ts';

const origin = onPath('python3') === undefined ? '' : execaSync('python3', ['-c', 'import importlib.util as u; print(u.find_spec("cfnlint").origin)'], { reject: false }).stdout;
const folder = join(dirname(origin), 'data/schemas/resources');
const schemas = origin !== '' && existsSync(folder) ? folder : null;
const Schema = z.looseObject({ typeName: z.string(), definitions: z.record(z.string(), z.json()).optional() });

test.skipIf(schemas === null)(`what is called unordered is so in AWS's own schema of that type${schemas === null ? ' [not run: no cfn-lint for python3]' : ''}`, () => {
  const files = readdirSync(schemas ?? '').filter((name) => name.endsWith('.json'));
  const wrong = files.flatMap((file) => {
    const { typeName: type, ...schema } = Schema.parse(JSON.parse(readFileSync(join(schemas ?? '', file), 'utf8')));
    const lists = Map.groupBy(listsIn(schema as Json, schema.definitions ?? {}), ([name]) => foldName(name));
    return [...lists].filter(([name, found]) => isCloudFormationSet({ name, type }) && !found.some(([, unordered]) => unordered)).map(([name]) => `${type}.${name}`);
  });

  expect(files.length).toBeGreaterThan(1_000);
  expect(wrong).toEqual([]);
});

/** Every list in a schema by its name, and whether it is in no order. */
function listsIn(schema: Json, definitions: Readonly<Record<string, Json>>): readonly (readonly [string, boolean])[] {
  if (isList(schema)) return schema.flatMap((item) => listsIn(item, definitions));
  if (!isObject(schema)) return [];
  const properties = isObject(schema['properties']) ? Object.entries(schema['properties']) : [];
  const named = properties.flatMap(([name, property]) => {
    const meant = isObject(property) && typeof property['$ref'] === 'string' ? definitions[property['$ref'].split('/').at(-1) ?? ''] : property;
    return isObject(meant) && (meant['type'] === 'array' || 'items' in meant) ? [[name, meant['insertionOrder'] === false] as const] : [];
  });
  return [...named, ...Object.values(schema).flatMap((inner) => listsIn(inner, definitions))];
}
