import { isObject, type Json } from '#proto/domain/json.ts';
import { same } from './same.ts';

/** An element with the index at which its own side has it. */
export interface Element {
  readonly item: Json;
  readonly index: number;
}

/** Two elements that are one, or one that the other side lacks. */
export interface ElementPair {
  readonly before: Element | undefined;
  readonly after: Element | undefined;
}

/** Beyond this many comparisons elements are no longer matched by likeness, so that huge lists stay linear. */
const maxComparisons = 4_096;

/** Pairs elements by their place, shifted where some were put in or taken out. */
export function pairOrdered(before: readonly Json[], after: readonly Json[]): readonly ElementPair[] {
  let head = 0;
  while (head < before.length && head < after.length && same(before[head], after[head])) head += 1;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && same(before.at(-1 - tail), after.at(-1 - tail))) tail += 1;
  const [old, young] = [elements(before).slice(head, before.length - tail), elements(after).slice(head, after.length - tail)];
  if (old.length * young.length > maxComparisons) return zip(old, young);
  return aroundAnchors(old, young, longestCommon(old, young));
}

/** Pairs elements of equal key; keys that repeat are used up one by one. `left` is what found no partner. */
export function pairByKey(before: readonly Element[], after: readonly Element[], keyOf: (element: Json) => string | null): {
  pairs: readonly ElementPair[];
  left: { before: readonly Element[]; after: readonly Element[] };
} {
  const waiting = new Map<string, Element[]>();
  for (const element of before.toReversed()) {
    const key = keyOf(element.item);
    if (key === null) continue;
    const queue = waiting.get(key);
    if (queue === undefined) waiting.set(key, [element]);
    else queue.push(element);
  }
  const pairs: ElementPair[] = [];
  const taken = new Set<Element>();
  const left: Element[] = [];
  for (const element of after) {
    const key = keyOf(element.item);
    const partner = key === null ? undefined : waiting.get(key)?.pop();
    if (partner === undefined) left.push(element);
    else {
      taken.add(partner);
      pairs.push({ before: partner, after: element });
    }
  }
  return { pairs, left: { before: before.filter((element) => !taken.has(element)), after: left } };
}

/** Pairs what is left of a set: first what `agrees`, then objects that agree in most of their fields (`key`); the rest stays alone. */
export function pairByLikeness(before: readonly Element[], after: readonly Element[], agrees: (a: Element, b: Element, key?: string) => boolean): readonly ElementPair[] {
  if (before.length * after.length > maxComparisons) return [...alone(before, 'before'), ...alone(after, 'after')];
  const pairs: ElementPair[] = [];
  const [old, young] = [new Set(before), new Set(after)];
  const take = (a: Element, b: Element): void => {
    old.delete(a);
    young.delete(b);
    pairs.push({ before: a, after: b });
  };

  for (const a of before) {
    const partner = [...young].find((b) => agrees(a, b));
    if (partner !== undefined) take(a, partner);
  }
  const candidates = [...old].flatMap((a) => [...young].map((b) => ({ a, b, score: likeness(a, b, agrees) })));
  for (const { a, b, score } of candidates.toSorted((x, y) => y.score - x.score)) {
    if (score >= 0.5 && old.has(a) && young.has(b)) take(a, b);
  }
  return [...pairs, ...alone([...old], 'before'), ...alone([...young], 'after')];
}

export function elements(list: readonly Json[]): readonly Element[] {
  return list.map((item, index) => ({ item, index }));
}

/** The share of fields in which two objects agree, 0 to 1; 0 where either is none. */
function likeness(a: Element, b: Element, agrees: (a: Element, b: Element, key: string) => boolean): number {
  const [one, other] = [a.item, b.item];
  if (!isObject(one) || !isObject(other)) return 0;
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  if (keys.length === 0) return 1;
  return keys.filter((key) => Object.hasOwn(one, key) && Object.hasOwn(other, key) && (same(one[key], other[key]) || agrees(a, b, key))).length / keys.length;
}

function alone(list: readonly Element[], side: 'before' | 'after'): readonly ElementPair[] {
  return list.map((element) => (side === 'before' ? { before: element, after: undefined } : { before: undefined, after: element }));
}

function zip(before: readonly Element[], after: readonly Element[]): readonly ElementPair[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => ({ before: before[index], after: after[index] }));
}

function aroundAnchors(before: readonly Element[], after: readonly Element[], anchors: readonly (readonly [number, number])[]): readonly ElementPair[] {
  const pairs: ElementPair[] = [];
  let [fromOld, fromYoung] = [0, 0];
  for (const [old, young] of [...anchors, [before.length, after.length] as const]) {
    pairs.push(...zip(before.slice(fromOld, old), after.slice(fromYoung, young)));
    [fromOld, fromYoung] = [old + 1, young + 1];
  }
  return pairs;
}

/** Positions of a longest common subsequence, by the textbook table; the caller bounds its size. */
function longestCommon(before: readonly Element[], after: readonly Element[]): readonly (readonly [number, number])[] {
  const width = after.length + 1;
  const table = new Uint16Array((before.length + 1) * width);
  const at = (row: number, column: number): number => table[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      table[row * width + column] = same(before[row]?.item, after[column]?.item)
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const found: (readonly [number, number])[] = [];
  for (let row = 0, column = 0; row < before.length && column < after.length;) {
    if (same(before[row]?.item, after[column]?.item)) found.push([row++, column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return found;
}
