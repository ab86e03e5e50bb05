import { typedLike } from './typed.ts';
import { isLazy, isList, isMap, isSensitive, isSet, isVeiled, type Value } from './value.ts';

/** A value without its sensitive marks, and whether there were any. Lazy objects are read whole. */
export function reveal(value: Value): { readonly value: Value; readonly wasSensitive: boolean } {
  if (!isVeiled(value)) return { value, wasSensitive: false };
  let wasSensitive = false;
  const strip = (at: Value): Value => {
    if (typeof at !== 'object' || at === null) return at;
    if (isSensitive(at)) {
      wasSensitive = true;
      return strip(at.value);
    }
    if (isLazy(at)) return strip(at.whole());
    if (isList(at)) return typedLike(at, at.map(strip));
    if (isMap(at)) return typedLike(at, new Map([...at].map(([key, item]) => [key, strip(item)])));
    return isSet(at) ? { kind: 'set', items: at.items.map(strip) } : at;
  };
  return { value: strip(value), wasSensitive };
}
