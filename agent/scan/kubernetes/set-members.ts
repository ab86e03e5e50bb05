import { isList, isObject, type Json, type Path, sameJson } from '#proto/domain/json.ts';
import { keyOf, keysOf, project } from './projection.ts';

/**
 * What applying a manifest would make of an object, without what a person added to its sets and keyed lists: those keep
 * such members when the manifest is applied, and the manifest asks for none of them. `added` are places in the live object.
 */
export function withoutAdded(predicted: Json, { wanted, live, added }: { readonly wanted: Json | undefined; readonly live: Json | undefined; readonly added: readonly Path[] }): Json {
  if (added.length === 0) return predicted;
  if (isObject(predicted) && isObject(wanted) && isObject(live)) {
    const below = (name: string): readonly Path[] => added.filter(([step]) => step === name).map((path) => path.slice(1));
    return Object.fromEntries(Object.entries(predicted).map(([name, inner]) => [name, withoutAdded(inner, { wanted: field(wanted, name), live: field(live, name), added: below(name) })]));
  }
  if (!isList(predicted) || !isList(wanted) || !isList(live)) return predicted;
  const touched = added.flatMap(([step]) => (typeof step === 'number' && live[step] !== undefined ? [live[step]] : []));
  const isOnesOwn = touched.length === 0 ? () => false : ofAnother({ wanted, live, predicted, touched });
  return predicted.filter((item) => !isOnesOwn(item));
}

/** Whether a member is none of the manifest's and one that a person put there. */
function ofAnother({ wanted, live, predicted, touched }: { readonly wanted: readonly Json[]; readonly live: readonly Json[]; readonly predicted: readonly Json[]; readonly touched: readonly Json[] }): (item: Json) => boolean {
  const keys = keysOf(live, [...wanted, ...predicted]);
  if (keys === null) return (item) => touched.some((one) => sameJson(one, item)) && !wanted.some((one) => isFulfilled(one, item)); // its schema may tell its members apart by fields that are not known here
  const [named, others] = [wanted, touched].map((items) => new Set(items.map((item) => keyOf(item, keys))));
  return (item) => named?.has(keyOf(item, keys)) === false && others?.has(keyOf(item, keys)) === true;
}

function isFulfilled(wanted: Json, item: Json): boolean {
  return sameJson(project(item, wanted, []).value, wanted);
}

function field(of: { readonly [name: string]: Json }, name: string): Json | undefined {
  return Object.hasOwn(of, name) ? of[name] : undefined;
}
