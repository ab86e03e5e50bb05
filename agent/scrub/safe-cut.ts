import { openJson, openYaml } from './open-document.ts';
import type { Span } from './spans.ts';

/** So much is kept back behind the cut, since a name may stand before a value on the lines that follow. */
const keepLength = 4 * 1024;

/** A document that is still open is waited for up to this: 384 Ki characters. */
const maxOpenLength = 384 * 1024;

/**
 * How far a text that goes on may leave at most, before it is known what must go: up to the end of a line, never inside a
 * document that is still open. `full` keeps something back; `lines` lets every whole line go.
 */
export function mostCut(text: string, from: number, reason: 'full' | 'lines'): number {
  const limit = reason === 'full' ? Math.max(from, text.length - keepLength) : text.length;
  let cut = text.lastIndexOf('\n', limit - 1) + 1;
  if (cut <= from) cut = reason === 'full' ? wordEnd(text, from, limit) : from;
  const open = Math.min(openJson(text, from), openYaml(text, from));
  return open < cut && text.length - open < maxOpenLength ? open : cut;
}

/** `most`, drawn back so that no span is parted. */
export function safeCut(text: string, from: number, spans: readonly Span[], most: number): number {
  let cut = most;
  for (const span of spans.toReversed()) {
    // A span that reaches the end may go on; one that is parted would leave half a secret.
    if (span.start < cut && (span.end > cut || span.end >= text.length - 1)) cut = lineStart(text, span.start, from) > from ? lineStart(text, span.start, from) : Math.max(from, span.start);
  }
  // Nothing can be let go, but it grew too long: the span is masked as it is, and goes on with what follows.
  return cut === from && text.length - from > 2 * maxOpenLength ? text.length : cut;
}

/** How far a text may leave when the last deadline strikes: all of it, but for JSON that is still open. */
export function lastCut(text: string, from: number): number {
  const open = openJson(text, from);
  return text.length - open < maxOpenLength ? open : text.length;
}

/** In a line without end, behind the last mark that parts words. */
function wordEnd(text: string, from: number, limit: number): number {
  for (let at = limit; at > from; at -= 1) if (/[\s,;}\]]/.test(text[at - 1] ?? '')) return at;
  return from;
}

function lineStart(text: string, at: number, from: number): number {
  return Math.max(from, text.lastIndexOf('\n', at - 1) + 1);
}
