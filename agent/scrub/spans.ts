import type { Detect, Hit } from '#secrets/hit.ts';
import { withoutEscapes } from './ansi.ts';
import { placeholderPattern } from './placeholder.ts';
import type { Registry } from './registry.ts';

/** A place to be masked. */
export interface Span extends Hit {
  /** The value that the placeholder stands for, where it is not what stands in the text. */
  readonly value?: string;
}

/** Everything in a text that must go: known values, patterns, and what was found standing again elsewhere; merged, in order. */
export function spansOf(text: string, registry: Registry, detect: Detect): readonly Span[] {
  const plain = withoutEscapes(text);
  const known = registry.find(plain.text).map(({ start, end, kind, value }): Span => ({ rule: 'known-value', start, end, kind, value }));
  const found = detect(plain.text);
  const all = [...known, ...found, ...repeatsOf(plain.text, found)];
  const placed = all.map((span) => ({ ...span, start: plain.start(span.start), end: plain.end(span.end) }));
  return union(placed, placeholdersIn(text));
}

/** Below this a value found once may stand elsewhere by chance. */
const minRepeatLength = 10;

/** Each value sought costs one pass over the text. */
const maxRepeatsSought = 50;

/** The other places where what was found stands again, bare of the name that told it. */
function repeatsOf(text: string, found: readonly Hit[]): readonly Hit[] {
  const repeats: Hit[] = [];
  const seen = new Set<string>();
  for (const hit of found) {
    const value = text.slice(hit.start, hit.end);
    if (hit.kind === 'user' || value.length < minRepeatLength || value.length > 4_096 || seen.has(value) || seen.size >= maxRepeatsSought) continue;
    seen.add(value);
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      if (at !== hit.start) repeats.push({ ...hit, start: at, end: at + value.length });
    }
  }
  return repeats;
}

/** Overlapping spans become one, named after the first that begins; what is a placeholder already stays. */
function union(spans: readonly Span[], placed: readonly (readonly [number, number])[]): readonly Span[] {
  const merged: Span[] = [];
  let next = 0; // the first placeholder that ends behind where spans begin by now
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    while ((placed[next]?.[1] ?? Infinity) <= span.start) next += 1;
    if (span.end <= span.start || span.end > (placed[next]?.[0] ?? Infinity)) continue;
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) merged.push(span);
    else if (span.end > last.end) merged[merged.length - 1] = { rule: last.rule, kind: last.kind, start: last.start, end: span.end };
  }
  return merged;
}

function placeholdersIn(text: string): readonly (readonly [number, number])[] {
  if (!text.includes('«secret:')) return [];
  return [...text.matchAll(placeholderPattern)].map((match) => [match.index, match.index + match[0].length] as const);
}
