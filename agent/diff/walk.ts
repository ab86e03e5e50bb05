import type { DraftProperty } from '#proto/domain/finding.ts';
import { isList, isObject, type Json, type JsonObject, type Path, sortedText, writePath } from '#proto/domain/json.ts';
import type { Difference, Waypoint } from './difference.ts';
import { type Element, type ElementPair, elements, pairByKey, pairByLikeness, pairOrdered } from './lists.ts';
import type { Around, Normaliser, Place, Value } from './normaliser.ts';
import type { PathSet } from './path-set.ts';
import { same } from './same.ts';

/** One side, ready to be walked. */
export interface Lens {
  readonly values: JsonObject;
  readonly unknown: PathSet;
  readonly sensitive: PathSet;
  readonly partial: boolean;
}

export interface WalkOptions {
  readonly type: string;
  readonly before: Lens;
  readonly after: Lens;
  readonly ignored: PathSet;
  readonly normaliser: Normaliser;
}

/** More differences than this inside one list are told as one, the list as a whole. */
const maxPerList = 256;

/** How often a value may turn out to hold another one (JSON in a string in JSON…) at one place. */
const maxOpenings = 4;

interface Spot {
  /** The steps as told to people: the observed side's indices, the baseline's where only that has the element. */
  readonly steps: Path;
  /** The steps by which each side itself has the value. */
  readonly own: { readonly before: Path; readonly after: Path };
  readonly documents: Place['documents'];
  readonly parent: Around;
  readonly trail: readonly Waypoint[];
  /** Set where the walk has left the places that `sensitive` speaks of, and something there was secret. */
  readonly isSecret: boolean;
}

/**
 * Every property in which two sides of a resource differ, with the rule that explains it away where one does. It walks
 * top down and enters only what differs, so its cost follows the change.
 */
export function walk({ type, before: left, after: right, ignored, normaliser }: WalkOptions): readonly Difference[] {
  const whole = { before: left.values, after: right.values };
  const root: Spot = { steps: [], own: { before: [], after: [] }, documents: [], parent: whole, trail: [{ steps: [], ...whole }], isSecret: false };
  return fields(left.values, right.values, root);

  function node(before: Value, after: Value, spot: Spot): readonly Difference[] {
    if (same(before, after) || isSilent(before, after, spot)) return [];
    if (isPartlyIgnored(before, after, spot)) return fields(asMap(before), asMap(after), { ...spot, trail: [...spot.trail, { steps: spot.steps, before, after }] });
    let seen = { before, after };
    let at = spot;
    for (let openings = 0; openings < maxOpenings; openings += 1) {
      const noise = normaliser.explain({ ...seen, parent: at.parent, whole }, placeOf(at));
      if (noise !== null) return [difference(before, after, spot, noise)];
      const opened = normaliser.open(seen.before, seen.after, placeOf(at));
      if (opened === null) break;
      seen = { before: opened.before, after: opened.after };
      at = inside(at, opened.format);
      if (same(seen.before, seen.after)) return [];
    }
    return descend(seen, at) ?? [difference(before, after, spot, null)];
  }

  function descend({ before, after }: { before: Value; after: Value }, spot: Spot): readonly Difference[] | null {
    const trail = [...spot.trail, { steps: spot.steps, before, after }];
    if (isObject(before) && isObject(after)) return fields(before, after, { ...spot, parent: { before, after }, trail });
    if (isOneSided(before, after) && normaliser.isMap(placeOf(spot))) return fields(asMap(before), asMap(after), { ...spot, trail });
    if (isFrame(before, after, spot)) return fields(isObject(before) ? before : {}, isObject(after) ? after : {}, { ...spot, trail });
    if (!isList(before) || !isList(after)) return null;
    const found: Difference[] = [];
    for (const pair of pairs(before, after, { ...spot, trail })) {
      found.push(...element(pair, { ...spot, trail }));
      if (found.length > maxPerList) return null;
    }
    return found;
  }

  /** Where only one side has a map that says nothing by itself, what it holds is told entry by entry. */
  function isFrame(before: Value, after: Value, spot: Spot): boolean {
    const [whole, other] = isObject(before) ? [before, after] : [after, before];
    return isObject(whole) && Object.keys(whole).length > 0 && (other ?? null) === null && normaliser.isFrame(placeOf(spot));
  }

  function fields(before: JsonObject, after: JsonObject, spot: Spot): readonly Difference[] {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => {
      const [old, young] = [fieldOf(before, key), fieldOf(after, key)];
      const at = below(spot, { before: key, after: key }, key);
      if (!isUntold(old, young, spot)) return node(old, young, at);
      const unset = left.partial && !isUnset(young) ? normaliser.unset(placeOf(at)) : undefined;
      return unset === undefined || isWrittenAs(young, unset) ? [] : node(unset, young, at); // left out, and not at its default
    });
  }

  /** A side that names only what it sets says nothing by leaving a key out, but for maps and documents: those it names whole. */
  function isUntold(before: Value, after: Value, spot: Spot): boolean {
    const isLeftOut = (left.partial && (before ?? null) === null) || (right.partial && (after ?? null) === null);
    return isLeftOut && spot.documents.length === 0 && !normaliser.isMap(placeOf(spot));
  }

  function isSilent(before: Value, after: Value, { own: { before: old, after: young } }: Spot): boolean {
    if (ignored.covers(old) || ignored.covers(young)) return true;
    return left.unknown.covers(old) || right.unknown.covers(young) || (before === undefined && after === undefined);
  }

  /** A map that only one side has, of whose keys some are ignored: the others are told one by one. */
  function isPartlyIgnored(before: Value, after: Value, { own }: Spot): boolean {
    return isOneSided(before, after) && (ignored.below(own.before).length > 0 || ignored.below(own.after).length > 0);
  }

  function element({ before, after }: ElementPair, spot: Spot): readonly Difference[] {
    const own = { before: before?.index ?? nowhere, after: after?.index ?? nowhere };
    return node(before?.item, after?.item, below(spot, own, after?.index ?? before?.index ?? nowhere));
  }

  function pairs(before: readonly Json[], after: readonly Json[], spot: Spot): readonly ElementPair[] {
    const collection = normaliser.collection(placeOf(spot));
    const agrees = (a: Element, b: Element, key?: string): boolean => (key === undefined ? element({ before: a, after: b }, spot) : inField(a, b, key)).every(({ property }) => property.noise !== null);
    if (collection.kind === 'ordered') return pairOrdered(before, after);
    if (collection.kind === 'keyed') {
      const byName = pairByKey(elements(before), elements(after), (item) => keysOf(item, collection.keys));
      return [...byName.pairs, ...pairByLikeness(byName.left.before.filter(isNameless), byName.left.after.filter(isNameless), agrees),
        ...lone(byName.left.before, byName.left.after)];
    }
    const exact = pairByKey(elements(before), elements(after), sortedText);
    if (exact.left.before.length + exact.left.after.length > maxPerList * 4) return [...exact.pairs, ...pairByLikeness(exact.left.before, exact.left.after, agrees)];
    const byMeaning = pairByKey(exact.left.before, exact.left.after, (item) => sortedText(normaliser.canonical(item, placeOf(below(spot, { before: 0, after: 0 }, 0))) ?? null));
    return [...byMeaning.pairs, ...pairByLikeness(byMeaning.left.before, byMeaning.left.after, agrees)];

    function inField(a: Element, b: Element, key: string): readonly Difference[] {
      const [one, other] = [isObject(a.item) ? a.item : {}, isObject(b.item) ? b.item : {}];
      const at = { ...below(spot, { before: a.index, after: b.index }, b.index), parent: { before: one, after: other } };
      return node(fieldOf(one, key), fieldOf(other, key), below(at, { before: key, after: key }, key));
    }

    function isNameless({ item }: Element): boolean {
      return collection.kind === 'keyed' && keysOf(item, collection.keys) === null;
    }

    function lone(old: readonly Element[], young: readonly Element[]): readonly ElementPair[] {
      const named = (element: Element): boolean => !isNameless(element);
      return [...old.filter(named).map((item) => ({ before: item, after: undefined })), ...young.filter(named).map((item) => ({ before: undefined, after: item }))];
    }
  }

  function difference(before: Value, after: Value, spot: Spot, noise: string | null): Difference {
    const [old, young] = [before ?? null, after ?? null];
    const property: DraftProperty = {
      path: writePath(spot.steps),
      steps: spot.steps,
      change: old === null ? 'add' : young === null ? 'remove' : 'update',
      before: old,
      after: young,
      noise,
      attribution: null,
      sensitive: spot.isSecret ? [[]] : [...left.sensitive.below(spot.own.before), ...right.sensitive.below(spot.own.after)],
    };
    return { property, trail: [...spot.trail, { steps: spot.steps, before, after }] };
  }

  function inside(spot: Spot, format: Place['documents'][number]['format'] | null): Spot {
    const isSecret = spot.isSecret || left.sensitive.below(spot.own.before).length > 0 || right.sensitive.below(spot.own.after).length > 0;
    return { ...spot, isSecret, documents: format === null ? spot.documents : [...spot.documents, { format, depth: spot.steps.length }] };
  }

  function placeOf({ steps, documents }: Spot): Place {
    return { type, steps, documents };
  }
}

/** The index of an element on the side that lacks it: no path leads there. */
const nowhere = -1;

function below(spot: Spot, own: { readonly before: string | number; readonly after: string | number }, shown: string | number): Spot {
  return { ...spot, own: { before: [...spot.own.before, own.before], after: [...spot.own.after, own.after] }, steps: [...spot.steps, shown] };
}

/** True for an object against nothing. */
function isOneSided(before: Value, after: Value): boolean {
  return (isObject(before) && (after ?? null) === null) || (isObject(after) && (before ?? null) === null);
}

function asMap(value: Value): JsonObject {
  return isObject(value) ? value : {};
}

/** What unset arguments are written as, beside their defaults. */
function isUnset(value: Value): boolean {
  return value === null || value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** `30` and `"30"`: a state may hold either. */
function isWrittenAs(value: Value, other: Value): boolean {
  return typeof value !== 'object' && typeof other !== 'object' && String(value) === String(other);
}

function fieldOf(object: JsonObject, key: string): Value {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The values of an element's identifying fields as one text, or null where one is missing; `a.b` reaches inside. */
function keysOf(item: Json, keys: readonly string[]): string | null {
  const values = keys.map((key) => key.split('.').reduce<Value>((value, step) => (isObject(value) ? fieldOf(value, step) : undefined), item));
  // A protocol that is left out is TCP, in every API that has one.
  const known = values.map((value, index) => (value === undefined && keys[index] === 'protocol' ? 'TCP' : value));
  return known.some((value) => value === undefined || value === null) ? null : JSON.stringify(known);
}
