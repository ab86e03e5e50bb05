import type { Detect, Hit } from '#secrets/hit.ts';
import { type Placeholder, placeholderPattern } from './placeholder.ts';
import type { Registry } from './registry.ts';

/** What was taken out of a text, in UTF-16 units of the text as it was. */
export interface TextRemoval {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

interface Span extends TextRemoval {
  readonly kind: string;
  /** The value that the placeholder stands for, where it is not what stands in the text. */
  readonly value?: string;
}

/** Known values and patterns in one text; `scope` is the resource it belongs to. */
export type ScrubText = (text: string, scope: string) => { readonly text: string; readonly removed: readonly TextRemoval[] };

export function createTextScrubber({ registry, placeholder, detect }: {
  readonly registry: Registry;
  readonly placeholder: Placeholder;
  readonly detect: Detect;
}): ScrubText {
  return (text, scope) => {
    const known = registry.find(text).map(({ start, end, kind, value }): Span => ({ rule: 'known-value', start, end, kind, value }));
    const found = detect(text);
    const spans = union([...known, ...found, ...repeatsOf(text, found)], placesIn(text));
    let out = '';
    let at = 0;
    for (const span of spans) {
      out += text.slice(at, span.start) + placeholder(span.kind, span.value ?? text.slice(span.start, span.end), scope);
      at = span.end;
    }
    return { text: out + text.slice(at), removed: spans.map(({ rule, start, end }) => ({ rule, start, end })) };
  };
}

/** Below this a value found once may stand elsewhere by chance. */
const minRepeatLength = 10;

/** The other places where what was found stands again, bare of the name that told it. */
function repeatsOf(text: string, found: readonly Hit[]): readonly Hit[] {
  const repeats: Hit[] = [];
  const seen = new Set<string>();
  for (const hit of found) {
    const value = text.slice(hit.start, hit.end);
    if (value.length < minRepeatLength || seen.has(value) || seen.size >= maxRepeatsSought) continue;
    seen.add(value);
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      if (at !== hit.start) repeats.push({ ...hit, start: at, end: at + value.length });
    }
  }
  return repeats;
}

/** Each value sought costs one pass over the text. */
const maxRepeatsSought = 50;

/** Overlapping spans become one, named after the first that begins; what is a placeholder already stays. */
function union(spans: readonly Span[], placed: readonly (readonly [number, number])[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (placed.some(([start, end]) => span.start < end && span.end > start)) continue;
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) merged.push(span);
    else if (span.end > last.end) merged[merged.length - 1] = { rule: last.rule, kind: last.kind, start: last.start, end: span.end };
  }
  return merged;
}

function placesIn(text: string): readonly (readonly [number, number])[] {
  if (!text.includes('«secret:')) return [];
  return [...text.matchAll(placeholderPattern)].map((match) => [match.index, match.index + match[0].length] as const);
}
