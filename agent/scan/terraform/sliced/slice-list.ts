import { maxDepth } from '../../source/parse-json.ts';

/** Where a list lies in the bytes of an object, and where each of its elements does. */
export interface SlicedList {
  /** Before the opening bracket, and behind the closing one. */
  readonly start: number;
  readonly end: number;
  /** Begin and end of one element after the other. */
  readonly bounds: readonly number[];
}

/**
 * Finds the elements of the list that an object holds under this key, without parsing any. Whatever lies between them is
 * as JSON wants it; what lies in them is the parser's business. Null where the bytes are not one object with one such
 * list, or where they nest too deeply: the parser of the whole then says why.
 */
export function sliceList(bytes: Uint8Array, key: string): SlicedList | null {
  const wanted = [...Buffer.from(key)];
  let at = 0;
  let found: SlicedList | null = null;
  if (!take(openBrace)) return null;
  do {
    const name = nextString();
    if (name === null || name.isEscaped || !take(colon)) return null;
    if (!isWanted(name)) {
      if (!skipValue(1)) return null;
    } else {
      if (found !== null) return null; // the last of two would count
      found = list();
      if (found === null) return null;
    }
  } while (take(comma));
  if (!take(closeBrace)) return null;
  skipSpace();
  return at === bytes.length ? found : null;

  function list(): SlicedList | null {
    skipSpace();
    const start = at;
    if (!take(openBracket)) return null;
    const bounds: number[] = [];
    if (take(closeBracket)) return { start, end: at, bounds };
    do {
      skipSpace();
      const from = at;
      if (!skipValue(2)) return null;
      bounds.push(from, at);
    } while (take(comma));
    return take(closeBracket) ? { start, end: at, bounds } : null;
  }

  function isWanted({ start, end }: { readonly start: number; readonly end: number }): boolean {
    return end - start === wanted.length && wanted.every((byte, offset) => bytes[start + offset] === byte);
  }

  function nextString(): { readonly start: number; readonly end: number; readonly isEscaped: boolean } | null {
    if (!take(quote)) return null;
    const start = at;
    at = behindString(bytes, at);
    if (at > bytes.length) return null;
    return { start, end: at - 1, isEscaped: bytes.subarray(start, at).includes(backslash) };
  }

  /** Goes behind the next value; false where there is none, or where it does not end. */
  function skipValue(depth: number): boolean {
    skipSpace();
    const from = at;
    const first = bytes[at];
    if (first === openBrace || first === openBracket) at = behindBrackets(bytes, at, depth);
    else if (first === quote) at = behindString(bytes, at + 1);
    else while (at < bytes.length && !isBoundary(bytes[at] ?? 0)) at += 1;
    return at > from && at <= bytes.length;
  }

  function take(byte: number): boolean {
    skipSpace();
    if (bytes[at] !== byte) return false;
    at += 1;
    return true;
  }

  function skipSpace(): void {
    while (isSpace(bytes[at] ?? 0)) at += 1;
  }
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Behind the bracket that closes the one at `from`, or beyond the bytes where it is not closed or nests too deeply. */
function behindBrackets(bytes: Uint8Array, from: number, depthBefore: number): number {
  let depth = depthBefore;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) at = behindString(bytes, at + 1) - 1;
    else if (byte === openBrace || byte === openBracket) {
      depth += 1;
      if (depth > maxDepth) return bytes.length + 1;
    } else if (byte === closeBrace || byte === closeBracket) {
      depth -= 1;
      if (depth === depthBefore) return at + 1;
    }
  }
  return bytes.length + 1;
}

/** Behind the quote that ends the string whose first character is at `from`. */
function behindString(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    at += byte === backslash ? 2 : 1;
  }
  return bytes.length + 1;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function isBoundary(byte: number): boolean {
  return isSpace(byte) || byte === comma || byte === closeBrace || byte === closeBracket;
}
