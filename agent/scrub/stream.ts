import { unfinishedAt } from '#secrets/unfinished.ts';
import { createLosslessDecoder, encodeLossless } from './lossless-utf8.ts';
import { escapesIn } from './ansi.ts';
import { type FittedSpan, fitToJson } from './json-fit.ts';
import { lastCut, mostCut, safeCut } from './safe-cut.ts';
import { spansOf } from './spans.ts';
import type { TextScrubberParts } from './text.ts';

/** What was taken out of a stream; places are not told, since pieces are gone. */
export interface StreamRemoval {
  readonly rule: string;
}

/**
 * Scrubs what comes in pieces, in constant memory. Make one with `Scrubber.stream(scope)`, one for each of standard output and
 * standard error; tell the scrubber its secrets first (`Scrubber.know`, `learn`), since values known later are sought from then
 * on only. Give `write` bytes cut anywhere, even inside a character, and pass on what each call answers, in order; nothing
 * leaves before enough has followed to judge it, so call `end` when no more comes.
 *
 * For output that stalls, the caller keeps the deadline: `flush` lets whole lines go, and `flushAll` everything but JSON that is
 * still open, with what may be the beginning of a secret masked. What has left stays remembered for a while, so that its
 * continuation is judged together with it.
 */
export interface StreamScrubber {
  write(piece: Uint8Array): Buffer;
  flush(): Buffer;
  flushAll(): Buffer;
  end(): Buffer;
  /** Every removal so far. */
  readonly removed: readonly StreamRemoval[];
}

export interface StreamOptions extends TextScrubberParts {
  readonly scope: string;
  /** How much is held before it is judged; the default suits pipes. */
  readonly holdLength?: number;
}

const defaultHoldLength = 128 * 1024;

/** More than this is never kept waiting for a document to close: 512 Ki characters. */
const maxHeldLength = 512 * 1024;

/** How much of what has left is looked at again with what follows. */
const contextLength = 32 * 1024;

/** Removals told one by one; after that only counted by the caller's report being cut. */
const maxRemovalsTold = 10_000;

export function createStreamScrubber({ registry, placeholder, detect, scope, holdLength = defaultHoldLength }: StreamOptions): StreamScrubber {
  const decoder = createLosslessDecoder();
  const removed: StreamRemoval[] = [];
  let context = '';
  let held = '';
  let nextLook = holdLength;
  return {
    write(piece) {
      held += decoder.write(piece);
      return held.length >= nextLook ? letGo('full') : Buffer.alloc(0);
    },
    flush: () => letGo('lines'),
    flushAll: () => letGo('all'),
    end() {
      held += decoder.end();
      return letGo('end');
    },
    removed,
  };

  function letGo(reason: 'full' | 'lines' | 'all' | 'end'): Buffer {
    if (held === '') return Buffer.alloc(0);
    const text = context + held;
    const from = context.length;
    const most = reason === 'full' || reason === 'lines' ? mostCut(text, from, reason) : text.length;
    if (most <= from && held.length < maxHeldLength) return wait();
    const judged = fitToJson(text, spansOf(text, registry, detect)).filter((span) => span.end > from);
    const spans = reason === 'all' ? withUnfinished(judged, text, unfinishedAt(text, (tail) => registry.beginsWith(tail))) : judged;
    const cut = reason === 'end' ? text.length : reason === 'all' ? lastCut(text, from) : safeCut(text, from, spans, most);
    let out = '';
    let at = from;
    for (const span of spans) {
      const start = Math.max(span.start, at);
      if (start >= cut || span.end <= start) continue;
      const taken = text.slice(start, span.end);
      out += text.slice(at, start) + span.quote + placeholder(span.kind, span.value ?? taken, scope) + span.quote + escapesIn(taken);
      if (removed.length < maxRemovalsTold) removed.push({ rule: span.rule });
      at = span.end;
    }
    const end = Math.max(at, cut);
    out += text.slice(at, end);
    held = text.slice(end);
    context = text.slice(Math.max(0, end - contextLength), end);
    wait();
    return encodeLossless(out);
  }

  /** What could not leave is not looked at again before twice as much is there. */
  function wait(): Buffer {
    nextLook = held.length + Math.max(holdLength, held.length);
    return Buffer.alloc(0);
  }
}

/** What may be the beginning of a secret is masked up to the end, together with any span that it touches. */
function withUnfinished(spans: readonly FittedSpan[], text: string, unfinished: number): readonly FittedSpan[] {
  if (unfinished >= text.length) return spans;
  const start = Math.min(unfinished, ...spans.filter((span) => span.end > unfinished).map((span) => span.start));
  return [...spans.filter((span) => span.end <= start), { rule: 'stream/unfinished', kind: 'value', start, end: text.length, quote: '' }];
}
