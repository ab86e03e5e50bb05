import type { Json, JsonObject } from '#proto/domain/json.ts';
import type { Body, Expression } from './ast.ts';
import { constantText } from './constant-text.ts';

/** The value of an expression in which nothing has to be looked up, or undefined for any other. */
export function constantJson(of: Expression): Json | undefined {
  if (of.kind === 'null') return null;
  if (of.kind === 'bool') return of.value;
  if (of.kind === 'number') return Number(of.digits);
  if (of.kind === 'list') return all(of.items.map(constantJson));
  if (of.kind !== 'object') return constantText(of);
  const entries = of.entries.map(({ key, value }) => [key.kind === 'name' ? key.name : constantText(key), constantJson(value)] as const);
  const known = entries.filter((entry): entry is readonly [string, Json] => entry[0] !== undefined && entry[1] !== undefined);
  return known.length === entries.length ? Object.fromEntries(known) : undefined;
}

/** The constant arguments of a body, its blocks as lists of objects; what has to be looked up is named in `unknown`. */
export function constantBody({ attributes, blocks }: Body): { readonly values: JsonObject; readonly unknown: readonly string[] } {
  const read = [...attributes].map(([name, { value }]) => [name, constantJson(value)] as const);
  const inner = Map.groupBy(blocks, ({ type }) => type);
  const nested = [...inner].map(([type, each]) => [type, each.map(({ body }) => constantBody(body))] as const);
  return {
    values: Object.fromEntries([
      ...read.filter((entry): entry is readonly [string, Json] => entry[1] !== undefined),
      ...nested.map(([type, bodies]) => [type, bodies.map(({ values }) => values)] as const),
    ]),
    unknown: [...read.filter(([, value]) => value === undefined).map(([name]) => name), ...nested.flatMap(([type, bodies]) => bodies.flatMap(({ unknown }) => unknown.map((name) => `${type}.${name}`)))],
  };
}

function all(items: readonly (Json | undefined)[]): Json | undefined {
  const known = items.filter((item): item is Json => item !== undefined);
  return known.length === items.length ? known : undefined;
}
