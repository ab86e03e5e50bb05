import { isList, isObject, type Json, type JsonObject, type Path } from '#proto/domain/json.ts';
import type { Side } from '#proto/domain/resource.ts';
import { curatedFor } from '#secrets/structure/curated.ts';
import { kindOf, type Mark, valueAt } from '#secrets/structure/mark.ts';
import type { FindMarks } from '#secrets/structure/marks.ts';
import type { MatchesPath } from './customer-paths.ts';

/** What decides beside the source itself: names and shapes, and the places that the customer named. */
export interface Judgement {
  readonly marksOf: FindMarks;
  /** Null where the customer named none: then not every place need be looked at. */
  readonly isSecretPath: MatchesPath | null;
  readonly isAllowedPath: MatchesPath;
  readonly isAllowedValue: (value: string) => boolean;
}

/**
 * The secret places of one side of a resource: what the source marks, what its type is known to hold, what the customer
 * named, what names say. What a customer allows is taken back from names only; what the source marks stays marked.
 */
export function marksOfResource(type: string, side: Side, by: Judgement): readonly Mark[] {
  const told = side.sensitive.map((path) => ({ path, rule: 'structure/marked-sensitive', kind: kindOf(path) }));
  const known = curatedFor(type, side.values).map((name) => ({ path: [name], rule: 'structure/known-attribute', kind: kindOf([name]) }));
  return [...told, ...known, ...wantedMarks(type, side.values, by), ...namedMarks(type, side.values, by)];
}

function wantedMarks(type: string, values: JsonObject, { isSecretPath }: Judgement): readonly Mark[] {
  if (isSecretPath === null) return [];
  return [...pathsIn(values, [])].filter((path) => isSecretPath(type, path)).map((path) => ({ path, rule: 'customer/path', kind: kindOf(path) }));
}

/** What names and shapes say of a value, without what the customer allows. */
export function namedMarks(type: string, root: Json, by: Judgement): readonly Mark[] {
  return by.marksOf(root).filter(({ path }) => !by.isAllowedPath(type, path) && !isAllowed(valueAt(root, path), by));
}

function isAllowed(value: Json | undefined, { isAllowedValue }: Judgement): boolean {
  return (typeof value === 'string' || typeof value === 'number') && isAllowedValue(String(value));
}

function* pathsIn(value: Json, path: Path): Generator<Path> {
  if (path.length > 0) yield path;
  if (isList(value)) for (const [index, item] of value.entries()) yield* pathsIn(item, [...path, index]);
  else if (isObject(value)) for (const [name, inner] of Object.entries(value)) yield* pathsIn(inner, [...path, name]);
}
