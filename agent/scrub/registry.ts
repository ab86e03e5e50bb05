import { isPlain } from '#secrets/looks.ts';
import { isStopWord } from '#secrets/values.ts';
import { encodingsOf, minKnownLength } from './encodings.ts';

/** A place in a text where a known value stands, in whatever encoding. */
export interface KnownHit {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  /** The value itself, so that every encoding of it gets the same placeholder. */
  readonly value: string;
}

/** Remembers secret values for one run and finds them in any text. */
export interface Registry {
  learn(value: string, kind: string): void;
  /** The same of a value that somebody named a secret, however plain it looks; `isMaskable` says which can be found at all. */
  insist(value: string, kind: string): void;
  find(text: string): readonly KnownHit[];
  /** How many characters at the end of a text are the beginning of a known value; for those who read in pieces. */
  beginsWith(tail: string): number;
}

interface Needle {
  readonly text: string;
  readonly value: string;
  readonly kind: string;
}

/** Values above this are told apart by their lines and by their own place only; 64 Ki characters. */
const maxKnownLength = 65_536;

/**
 * Looks up the first characters of every needle in a table keyed by a rolling hash, then compares: the cost per
 * character of text does not grow with the number of values.
 */
export function createRegistry(): Registry {
  const known = new Set<string>();
  const byHead = new Map<number, Needle[]>();
  const filter = new Uint8Array(1 << 16);
  return { learn, insist, find, beginsWith };

  function learn(value: string, kind: string): void {
    if (isWorthKnowing(value)) insist(value, kind);
  }

  function insist(value: string, kind: string): void {
    if (!isMaskable(value) || known.has(value)) return;
    known.add(value);
    for (const text of encodingsOf(value)) {
      const hash = hashAt(text, 0);
      const needles = byHead.get(hash);
      if (needles === undefined) byHead.set(hash, [{ text, value, kind }]);
      else needles.push({ text, value, kind });
      filter[hash & 0xffff] = 1;
    }
  }

  function beginsWith(tail: string): number {
    let most = 0;
    for (const needle of allNeedles()) {
      const limit = Math.min(needle.text.length - 1, tail.length);
      for (let length = limit; length > most && length >= 3; length -= 1) {
        if (tail.endsWith(needle.text.slice(0, length))) most = length;
      }
    }
    return most;
  }

  function* allNeedles(): Generator<Needle> {
    for (const needles of byHead.values()) yield* needles;
  }

  function find(text: string): readonly KnownHit[] {
    if (known.size === 0 || text.length < minKnownLength) return [];
    const hits: KnownHit[] = [];
    for (let at = 0; at + minKnownLength <= text.length; at += 1) {
      const hash = hashAt(text, at);
      if (filter[hash & 0xffff] === 0) continue;
      let best: Needle | undefined;
      for (const needle of byHead.get(hash) ?? []) {
        if (text.startsWith(needle.text, at) && needle.text.length > (best?.text.length ?? 0)) best = needle;
      }
      if (best !== undefined) hits.push({ start: at, end: at + best.text.length, kind: best.kind, value: best.value });
    }
    return hits;
  }
}

/** Whether a value is of a length at which it can be told from the text around it. */
export function isMaskable(value: string): boolean {
  return value.length >= minKnownLength && value.length <= maxKnownLength;
}

/**
 * What stands plainly in many places is masked in its own only: short values, stop words, regions, ids, dates, numbers of
 * accounts. Masked everywhere, they would shred what they have nothing to do with.
 */
function isWorthKnowing(value: string): boolean {
  if (!isMaskable(value) || isStopWord(value) || isPlain(value)) return false;
  return !/^\d{12}$/.test(value) && !/^[a-z]{1,9}$/.test(value);
}

function hashAt(text: string, at: number): number {
  let hash = 0;
  for (let offset = 0; offset < minKnownLength; offset += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at + offset)) | 0;
  return hash ^ (hash >>> 15);
}
