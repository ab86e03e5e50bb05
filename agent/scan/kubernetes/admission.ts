import { isList, isObject, type Json, type JsonObject, type Path, sameJson } from '#proto/domain/json.ts';

/** What a manifest says of one value, what the API would make of it, and what there is. */
interface Three {
  readonly wanted: JsonObject;
  readonly predicted: JsonObject;
  readonly live: JsonObject;
}

/**
 * Where the live object is as the manifest says, word by word, and applying it would still change it: the API's own
 * admission, a mutating webhook mostly, rewrites the value. What it would take out is not among them.
 */
export function rewrittenByAdmission({ wanted, predicted, live }: Three): readonly Path[] {
  return [...rewritten(wanted, predicted, live, [])];
}

function* rewritten(wanted: Json | undefined, predicted: Json | undefined, live: Json | undefined, path: Path): Generator<Path> {
  if (wanted === undefined || predicted === undefined || live === undefined || sameJson(predicted, live)) return;
  if (isObject(wanted) && isObject(predicted) && isObject(live)) {
    for (const name of Object.keys(wanted)) yield* rewritten(own(wanted, name), own(predicted, name), own(live, name), [...path, name]);
  } else if (isList(wanted) && isList(predicted) && isList(live) && wanted.length === live.length && predicted.length === live.length && live.some(isObject)) {
    for (const [index, item] of live.entries()) yield* rewritten(wanted[index], predicted[index], item, [...path, index]);
  } else if (sameJson(wanted, live)) {
    yield path;
  }
}

function own(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
