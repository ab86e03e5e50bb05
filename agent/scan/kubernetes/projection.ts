import { isList, isObject, type Json, type JsonObject, type Path, sameJson } from '#proto/domain/json.ts';

/** Part of a value, and where each kept step went: list elements move up when others before them are left out. */
export interface Projection {
  readonly value: Json;
  readonly kept: Kept | 'all';
}

/** A place that somebody wrote, manifest or not: all of what is there, or what of it the manifest speaks of as well. */
export interface Written {
  readonly path: Path;
  readonly how: 'whole' | 'in part';
}

type Kept = ReadonlyMap<string | number, { readonly to: string | number; readonly below: Kept | 'all' }>;

/** The fields by which the API's own lists tell their elements apart, most telling first. */
const elementKeys: readonly (readonly string[])[] = [
  ['name'], ['containerPort', 'protocol'], ['port', 'protocol'], ['mountPath'], ['devicePath'], ['topologyKey'], ['ip'], ['key'], ['type'],
];

/**
 * Lists that several writers share, each with elements of its own (`x-kubernetes-list-type: map`): there an element that
 * the manifest does not name may be another's. Whoever applies any other list replaces it whole, so that there it is one too many.
 */
const shared = new Set([
  'containers', 'initContainers', 'ephemeralContainers', 'volumes', 'volumeMounts', 'volumeDevices', 'env', 'ports', 'hostAliases', 'imagePullSecrets', 'secrets', 'topologySpreadConstraints',
  'conditions', 'webhooks', 'claims', 'resourceClaims', 'readinessGates', 'schedulingGates', 'ownerReferences',
]);

/** Maps that say together what is chosen: one more entry chooses something else, and nobody but a person adds one. */
const choices = new Set(['selector', 'podSelector', 'namespaceSelector', 'objectSelector', 'labelSelector', 'matchLabels']);

/**
 * The part of a live value that a manifest speaks of, together with what lies at or below `extra` places. Elements of
 * keyed lists are matched by their keys; other lists are kept whole. `name` is the field that holds the value.
 */
export function project(live: Json, wanted: Json, extra: readonly Written[], name = ''): Projection {
  if (isObject(live) && isObject(wanted)) return isOneValue(name, extra) ? { value: live, kept: 'all' } : projectObject(live, wanted, extra);
  if (isList(live) && isList(wanted)) return isOneValue(name, extra) ? { value: live, kept: 'all' } : projectList(live, wanted, extra, name);
  return { value: live, kept: 'all' };
}

/** Whether a map or list is one value to whoever wrote it, as those are to the API that it calls atomic. */
function isOneValue(name: string, extra: readonly Written[]): boolean {
  return choices.has(name) || extra.some(({ path, how }) => path.length === 0 && how === 'whole');
}

/** Where a path of the whole value lies in the projection, or null where it was left out. */
export function translate(path: Path, kept: Kept | 'all'): Path | null {
  const moved: (string | number)[] = [];
  let at = kept;
  for (const [index, step] of path.entries()) {
    if (at === 'all') return [...moved, ...path.slice(index)];
    const found = at.get(step);
    if (found === undefined) return null;
    moved.push(found.to);
    at = found.below;
  }
  return moved;
}

/** Where the leaves of a part lie in the whole: elements of keyed lists are found by their keys, other lists are one leaf. */
export function locate(part: Json, whole: Json | undefined, path: Path = []): readonly Path[] {
  if (isObject(part) && isObject(whole)) return Object.entries(part).flatMap(([name, inner]) => (Object.hasOwn(whole, name) ? locate(inner, whole[name], [...path, name]) : []));
  if (isList(part) && isList(whole)) {
    const keys = keysOf(whole, part);
    if (keys !== null) {
      const places = new Map(whole.map((item, index) => [keyOf(item, keys), index]));
      return part.flatMap((item) => {
        const index = places.get(keyOf(item, keys));
        return index === undefined ? [] : locate(item, whole[index], [...path, index]);
      });
    }
  }
  return path.length === 0 ? [] : [path];
}

function projectObject(live: JsonObject, wanted: JsonObject, extra: readonly Written[]): Projection {
  const kept = new Map<string, { to: string; below: Kept | 'all' }>();
  const value: Record<string, Json> = {};
  for (const [name, inner] of Object.entries(live)) {
    const part = Object.hasOwn(wanted, name) ? project(inner, wanted[name] ?? null, below(extra, name), name) : restrict(inner, below(extra, name), name);
    if (part === null) continue;
    Object.defineProperty(value, name, { value: part.value, enumerable: true, configurable: true, writable: true }); // `__proto__` is a name like any other
    kept.set(name, { to: name, below: part.kept });
  }
  return { value, kept };
}

function projectList(live: readonly Json[], wanted: readonly Json[], extra: readonly Written[], name: string): Projection {
  const keys = keysOf(live, wanted);
  if (keys === null) return zipped(live, wanted, extra);
  const byKey = new Map(wanted.map((item) => [keyOf(item, keys), item]));
  const kept = new Map<number, { to: number; below: Kept | 'all' }>();
  const value: Json[] = [];
  for (const [index, item] of live.entries()) {
    const partner = byKey.get(keyOf(item, keys));
    const part = partner === undefined ? (shared.has(name) ? restrict(item, below(extra, index), '', keys) : { value: item, kept: 'all' as const }) : project(item, partner, below(extra, index));
    if (part === null) continue;
    kept.set(index, { to: value.length, below: part.kept });
    value.push(part.value);
  }
  return { value, kept };
}

/** A list without keys is one value to the API; only the fields that its objects leave to defaults are left out. */
function zipped(live: readonly Json[], wanted: readonly Json[], extra: readonly Written[]): Projection {
  const partners = partnersOf(live, wanted);
  const parts = live.map((item, index) => project(item, partners[index] ?? item, below(extra, index)));
  return { value: parts.map((part) => part.value), kept: new Map(parts.map((part, index) => [index, { to: index, below: part.kept }])) };
}

/** Above this many elements they are taken by their place alone. */
const maxMatched = 64;

/** For each live element the wanted one that it fulfils, that of its own place first; else what is left, in order. */
function partnersOf(live: readonly Json[], wanted: readonly Json[]): readonly (Json | undefined)[] {
  if (live.length > maxMatched || wanted.length > maxMatched) return wanted;
  const free = new Set(wanted.keys());
  const take = (index: number | undefined): number | undefined => (index !== undefined && free.delete(index) ? index : undefined);
  const fulfils = (item: Json, index: number): boolean => free.has(index) && isObject(item) && sameJson(project(item, wanted[index] ?? null, []).value, wanted[index] ?? null);
  const inPlace = live.map((item, index) => take(fulfils(item, index) ? index : undefined));
  const found = live.map((item, index) => inPlace[index] ?? take([...free].find((other) => fulfils(item, other))));
  return found.map((index) => wanted[index ?? take([...free][0]) ?? -1]);
}

/** Only what extra paths lead to, with the element's keys so that it can be told which one it is; null where none do. */
function restrict(value: Json, extra: readonly Written[], name: string, keys: readonly string[] = []): Projection | null {
  if (extra.length === 0) return null;
  if (extra.some(({ path }) => path.length === 0)) return { value, kept: 'all' };
  if (isObject(value)) {
    const named = Object.fromEntries(keys.filter((key) => Object.hasOwn(value, key)).map((key) => [key, null]));
    return projectObject(value, named, extra);
  }
  return isList(value) ? restrictList(value, extra, name) : { value, kept: 'all' };
}

function restrictList(value: readonly Json[], extra: readonly Written[], name: string): Projection {
  return shared.has(name) ? projectList(value, [], extra, name) : { value, kept: 'all' };
}

/** The fields that tell the elements of both lists apart, or null where none do. */
export function keysOf(live: readonly Json[], wanted: readonly Json[]): readonly string[] | null {
  const items = [...live, ...wanted];
  if (items.length === 0 || !items.every(isObject)) return null;
  return elementKeys.find((keys) => items.every((item) => isObject(item) && Object.hasOwn(item, keys[0] ?? '')) && areUnique(live, keys) && areUnique(wanted, keys)) ?? null;
}

function areUnique(items: readonly Json[], keys: readonly string[]): boolean {
  return new Set(items.map((item) => keyOf(item, keys))).size === items.length;
}

/** What an element is called by these fields; a protocol that is left out is TCP. */
export function keyOf(item: Json, keys: readonly string[]): string {
  return JSON.stringify(keys.map((key) => (isObject(item) ? item[key] : undefined) ?? (key === 'protocol' ? 'TCP' : null)));
}

function below(extra: readonly Written[], step: string | number): readonly Written[] {
  return extra.filter(({ path }) => path[0] === step).map(({ path, how }) => ({ path: path.slice(1), how }));
}
