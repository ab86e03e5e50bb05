import { isList, isObject, type Json, type Path } from '#proto/domain/json.ts';

/**
 * What applying a manifest would make of an object, without the members that a person added to its sets: a set keeps
 * them when the manifest is applied, and the manifest asks for none of them. `added` are places in the live object.
 */
export function withoutAdded(predicted: Json, { wanted, live, added }: { readonly wanted: Json | undefined; readonly live: Json | undefined; readonly added: readonly Path[] }): Json {
  if (added.length === 0) return predicted;
  if (isObject(predicted) && isObject(wanted) && isObject(live)) {
    const below = (name: string): readonly Path[] => added.filter(([step]) => step === name).map((path) => path.slice(1));
    return Object.fromEntries(Object.entries(predicted).map(([name, inner]) => [name, withoutAdded(inner, { wanted: field(wanted, name), live: field(live, name), added: below(name) })]));
  }
  if (!isList(predicted) || !isList(wanted) || !isList(live)) return predicted;
  const members = new Set(added.flatMap(([step, ...rest]) => (rest.length === 0 && typeof step === 'number' ? [live[step]] : [])));
  return predicted.filter((item) => typeof item === 'object' || !members.has(item) || wanted.includes(item));
}

function field(of: { readonly [name: string]: Json }, name: string): Json | undefined {
  return Object.hasOwn(of, name) ? of[name] : undefined;
}
