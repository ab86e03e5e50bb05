import type { Hit } from '../hit.ts';
import { dottedTokenStart, isPrefixedToken } from './prefixed-token.ts';
import { isRandomValue } from './random-value.ts';

/** The shortest run of letters, digits, dashes and underscores that is looked at. */
const minRun = 20;

/** Longer runs are blobs, for which other contexts look. */
const maxRun = 400;

/** Texts are copied into bytes in pieces of this size, each with the end of the one before. */
const pieceLength = 65_536;

/**
 * Finds tokens of makers that are not known: by the form that most have taken (`isPrefixedToken`), or by standing as a
 * value (`isRandomValue`). Only every `minRun`-th character is looked at until one could be part of such a run; a unit
 * beyond Latin-1 is cut to its low byte, so what looks like a run is looked at again.
 */
export function createLongRuns(): (text: string) => readonly Hit[] {
  const bytes = Buffer.alloc(pieceLength + maxRun);
  return (text) => {
    const hits: Hit[] = [];
    for (let from = 0; from < text.length; from += pieceLength) {
      const begin = Math.max(0, from - maxRun);
      const length = bytes.write(begin === 0 && text.length <= bytes.length ? text : text.slice(begin, from + pieceLength), 'latin1');
      for (const [start, end] of runsIn(bytes, length)) {
        if (begin + end <= from && from > 0) continue; // told with the piece before
        const hit = hitOf(text, begin + start, begin + end);
        if (hit !== null) hits.push(hit);
      }
    }
    return hits;
  };
}

const uuidLength = 36;

function hitOf(text: string, start: number, end: number): Hit | null {
  if (end - start === uuidLength && text[start + 8] === '-' && text[start + 13] === '-') return null;
  const run = text.slice(start, end);
  if (!/^[\w-]+$/.test(run)) return null;
  const place = { kind: 'token', start, end };
  if (isPrefixedToken(text, start, end, run)) return { rule: 'context/prefixed-token', ...place };
  const chainStart = dottedTokenStart(text, start, end, run);
  if (chainStart >= 0) return { rule: 'context/dotted-token', ...place, start: chainStart };
  return isRandomValue(text, start, end, run) ? { rule: 'context/random-value', ...place } : null;
}

const lower = 1;
const upper = 2;
const digit = 3;
const mark = 4;

/** By byte: 0 for what no token has. */
const kinds = Uint8Array.from({ length: 256 }, (_, code) => {
  if (code >= 97 && code <= 122) return lower;
  if (code >= 65 && code <= 90) return upper;
  if (code >= 48 && code <= 57) return digit;
  return code === 95 || code === 45 ? mark : 0;
});

/** Runs of token characters in which letters and digits are mixed as no words are. */
function runsIn(bytes: Uint8Array, length: number): readonly (readonly [number, number])[] {
  const runs: (readonly [number, number])[] = [];
  for (let at = minRun - 1; at < length; ) {
    if (kinds[bytes[at] ?? 0] === 0) {
      at += minRun;
      continue;
    }
    let start = at;
    let end = at + 1;
    while (start > 0 && kinds[bytes[start - 1] ?? 0] !== 0) start -= 1;
    while (end < length && kinds[bytes[end] ?? 0] !== 0) end += 1;
    if (end - start >= minRun && end - start <= maxRun && isMixed(bytes, start, end)) runs.push([start, end]);
    at = end + minRun;
  }
  return runs;
}

function isMixed(bytes: Uint8Array, start: number, end: number): boolean {
  let digits = 0;
  let changes = 0;
  let before = kinds[bytes[start] ?? 0] ?? 0;
  for (let at = start; at < end; at += 1) {
    const kind = kinds[bytes[at] ?? 0] ?? 0;
    if (kind === digit) digits += 1;
    if (kind !== before) changes += 1;
    before = kind;
  }
  return digits >= 3 && changes * 6 >= end - start;
}
