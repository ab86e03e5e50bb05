import { isList, isObject, type Json, sortedText } from '#proto/domain/json.ts';
import { argumentDefault } from './argument-defaults.ts';
import { type Collection, collectionAt, isFrame, isMap } from './collections.ts';
import { keyOfValue } from './fields.ts';
import { createPlaces } from './place.ts';
import { createSiblings, type Siblings } from './siblings/siblings.ts';
import type { Opened, Pair, Place, Rule, Spot, Value } from './rule.ts';

/** The rules, asked in order. */
export interface Chain {
  readonly rules: readonly Rule[];
  /** The first rule by which the two values mean the same here, or null. */
  explain(pair: Pair, spot: Spot): string | null;
  /** Every rule by which they do, in the order of asking: the first is the one that explains. */
  voices(pair: Pair, spot: Spot): readonly string[];
  /** The two values opened by the first rule that can, or null. */
  open(before: Value, after: Value, spot: Spot): Opened | null;
  collection(spot: Spot): Collection;
  /** True where whoever names one key names them all: tags, labels, environment variables. */
  isMap(spot: Spot): boolean;
  /** True where the map itself says nothing and each entry is told by itself: labels, annotations, the data of a ConfigMap. */
  isFrame(spot: Spot): boolean;
  /** What it comes to where the code leaves this out, or undefined where nobody can say. */
  unset(spot: Spot): Value;
  /**
   * The value with every rule applied here and below, sets sorted. Elements of a set with equal results belong together;
   * whether what still differs in them means something is asked of each place.
   */
  canonical(value: Value, spot: Spot): Value;
  /** What the resources of one stack manage of one another, each kind under the name of its rule. */
  siblings(): readonly { readonly name: string; readonly siblings: Siblings }[];
}

/** A chain of these rules, but for those switched off by name. */
export function createChain(all: readonly Rule[], off: ReadonlySet<string> = new Set()): Chain {
  const rules = all.filter(({ name }) => !off.has(name));
  const placeOf = createPlaces();
  return { rules, explain, voices, open, collection: (spot) => collectionAt(placeOf(spot)), isMap: (spot) => isMap(placeOf(spot)), isFrame: (spot) => isFrame(placeOf(spot)), unset: (spot) => argumentDefault(placeOf(spot)), canonical, siblings };

  function siblings(): readonly { readonly name: string; readonly siblings: Siblings }[] {
    return rules.flatMap(({ name, shares }) => (shares === undefined ? [] : [{ name, siblings: createSiblings(shares) }]));
  }

  function explain(pair: Pair, spot: Spot): string | null {
    const place = placeOf(spot);
    return rules.find((rule) => rule.appliesTo(place) && speaks(rule, pair, place))?.name ?? together(pair, place);
  }

  /** Where only several rules in a row come to one spelling: the first of them that had something to say. What holds others is walked instead. */
  function together({ before, after }: Pair, place: Place): string | null {
    if (typeof before === 'object' || typeof after === 'object') return null;
    let [one, other, first]: [Value, Value, string | null] = [before, after, null];
    for (const rule of rules) {
      if (rule.canonical === undefined || !rule.appliesTo(place)) continue;
      const next: Value = rule.canonical(one, place);
      const following: Value = rule.canonical(other, place);
      if (next !== one || following !== other) first ??= rule.name;
      [one, other] = [next, following];
    }
    return first !== null && keyOfValue(one) === keyOfValue(other) ? first : null;
  }

  function voices(pair: Pair, spot: Spot): readonly string[] {
    const place = placeOf(spot);
    const alone = rules.filter((rule) => rule.appliesTo(place) && speaks(rule, pair, place)).map(({ name }) => name);
    const joint = alone.length === 0 ? together(pair, place) : null;
    return joint === null ? alone : [joint];
  }

  function open(before: Value, after: Value, spot: Spot): Opened | null {
    const place = placeOf(spot);
    for (const rule of rules) {
      const opened = rule.open !== undefined && rule.appliesTo(place) ? rule.open(before, after, place) : null;
      if (opened !== null) return opened;
    }
    return null;
  }

  function canonical(value: Value, spot: Spot): Value {
    const place = placeOf(spot);
    const spelled = spell(value, place);
    if (typeof value === 'string' && typeof spelled === 'object' && spelled !== null) return sortedText(contents(spelled, opened(place, spelled)) ?? null);
    return spell(contents(spelled, place), place); // once more: what is inside may have come to nothing
  }

  function spell(value: Value, place: Place): Value {
    return rules.reduce((so, rule) => (rule.canonical !== undefined && rule.appliesTo(place) ? rule.canonical(so, place) : so), value);
  }

  function contents(value: Value, place: Spot): Value {
    if (isList(value)) {
      const items = value.map((item, index) => canonical(item, step(place, index)) ?? null);
      return collectionAt(placeOf(place)).kind === 'ordered' ? items : items.toSorted(byKey);
    }
    if (!isObject(value)) return value;
    const entries = Object.entries(value).map(([key, item]) => [key, canonical(item, step(place, key))] as const);
    return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
  }
}

function speaks(rule: Rule, pair: Pair, place: Place): boolean {
  if (rule.explains?.(pair, place) === true) return true;
  if (rule.canonical === undefined) return false;
  const before = rule.canonical(pair.before, place);
  const after = rule.canonical(pair.after, place);
  if (before === pair.before && after === pair.after) return false; // nothing to say here: the values are known to differ
  return before === after || keyOfValue(before) === keyOfValue(after);
}

function step(place: Spot, by: string | number): Spot {
  return { ...place, steps: [...place.steps, by] };
}

function opened(place: Spot, inside: Json): Spot {
  const format = isObject(inside) && Object.hasOwn(inside, 'Statement') ? 'policy' : 'json';
  return { ...place, documents: [...place.documents, { format, depth: place.steps.length }] };
}

function byKey(a: Json, b: Json): number {
  const [one, other] = [keyOfValue(a), keyOfValue(b)];
  return one < other ? -1 : Number(one > other);
}
