import type { Detect } from '#secrets/hit.ts';
import { escapesIn } from './ansi.ts';
import { fitToJson } from './json-fit.ts';
import type { Placeholder } from './placeholder.ts';
import type { Registry } from './registry.ts';
import { spansOf } from './spans.ts';

/** What was taken out of a text, in UTF-16 units of the text as it was. */
export interface TextRemoval {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

/** Known values and patterns in one text; `scope` is the resource it belongs to. */
export type ScrubText = (text: string, scope: string) => { readonly text: string; readonly removed: readonly TextRemoval[] };

export interface TextScrubberParts {
  readonly registry: Registry;
  readonly placeholder: Placeholder;
  readonly detect: Detect;
}

/** Scrubs whole texts; what was JSON stays JSON. */
export function createTextScrubber({ registry, placeholder, detect }: TextScrubberParts): ScrubText {
  return (text, scope) => {
    const spans = fitToJson(text, spansOf(text, registry, detect));
    let out = '';
    let at = 0;
    for (const span of spans) {
      const taken = text.slice(span.start, span.end);
      out += text.slice(at, span.start) + span.quote + placeholder(span.kind, span.value ?? taken, scope) + span.quote + escapesIn(taken);
      at = span.end;
    }
    return { text: out + text.slice(at), removed: spans.map(({ rule, start, end }) => ({ rule, start, end })) };
  };
}
