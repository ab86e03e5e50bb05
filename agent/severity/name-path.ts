import { isList, isObject, type Json } from '#proto/domain/json.ts';
import { foldName } from '#proto/domain/resource-type.ts';

/** A path of a rule: folded names, `*` for any one, `**` for any number; `["a.b/c"]` is one name. */
export type NamePath = readonly string[];

export function parsePath(text: string): NamePath {
  const names = [...text.matchAll(/\["([^"]+)"\]|[^.[]+/g)].map(([whole, quoted]) => quoted ?? whole);
  return names.map((name) => (name === '*' || name === '**' ? name : foldName(name)));
}

/** What is left of a path after these names, in every way it can be read; empty where it does not lead along them. */
export function follow(path: NamePath, names: readonly string[]): readonly NamePath[] {
  const [name, ...others] = names;
  if (name === undefined) return [path];
  const [head, ...rest] = path;
  if (head === undefined) return [];
  if (head === '**') return [...follow(path, others), ...follow(rest, names)];
  return head === '*' || head === name ? follow(rest, others) : [];
}

/** True where a path ends exactly here. */
export function isEnd(path: NamePath): boolean {
  return path.every((name) => name === '**');
}

/** The values to which a path leads inside a value; lists are entered, and JSON in a string is read. */
export function dig(value: Json | undefined, path: NamePath): readonly Json[] {
  if (value === undefined) return [];
  if (isList(value)) return value.flatMap((item) => dig(item, path));
  if (isEnd(path) && path.length === 0) return [value];
  const inner = typeof value === 'string' ? parsed(value) : value;
  if (isList(inner)) return inner.flatMap((item) => dig(item, path));
  const here = isEnd(path) ? [value] : [];
  if (!isObject(inner)) return here;
  const [head, ...rest] = path;
  const below = Object.entries(inner).flatMap(([key, item]) => {
    if (head === '**') return dig(item, path);
    return head === '*' || head === foldName(key) ? dig(item, rest) : [];
  });
  return head === '**' ? [...dig(inner, rest), ...below] : [...here, ...below];
}

function parsed(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text) || text.length > 1_000_000) return undefined;
  try {
    // JSON.parse yields JSON.
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
