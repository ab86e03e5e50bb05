import { isList, isObject, type Json, type Path } from '#proto/domain/json.ts';
import { keyOf, keysOf } from './projection.ts';

/** Where a place of one object lies in another: elements of keyed lists by their keys, others by their index. Null where it has none. */
export function counterpart(path: Path, from: Json | undefined, to: Json | undefined): Path | null {
  const [step, ...rest] = path;
  if (step === undefined) return to === undefined ? null : [];
  const at = isList(from) && isList(to) && typeof step === 'number' ? indexOf(step, from, to) : step;
  const below = at === null ? null : counterpart(rest, valueAt(from, [step]), valueAt(to, [at]));
  return at === null || below === null ? null : [at, ...below];
}

/** What lies at a place, or undefined. */
export function valueAt(value: Json | undefined, path: Path | null): Json | undefined {
  return path?.reduce<Json | undefined>((at, step) => {
    if (isList(at)) return typeof step === 'number' ? at[step] : undefined;
    return isObject(at) && typeof step === 'string' && Object.hasOwn(at, step) ? at[step] : undefined;
  }, value);
}

function indexOf(index: number, from: readonly Json[], to: readonly Json[]): number | null {
  const keys = keysOf(from, to);
  const item = from[index];
  if (keys === null || item === undefined) return index < to.length ? index : null;
  const found = to.findIndex((one) => keyOf(one, keys) === keyOf(item, keys));
  return found === -1 ? null : found;
}
