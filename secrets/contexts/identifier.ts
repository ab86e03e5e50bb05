import { isAlphanumeric } from '../characters.ts';
import { changeRate } from '../looks.ts';

/** A name in a text. */
export interface Identifier {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** True for `--password` and `-Password`. */
  readonly isFlag: boolean;
}

/** Longer runs of name characters are blobs, not names. */
const maxNameLength = 100;

/** The name to which the characters from `hitStart` to `hitEnd` belong, or null where there is none. */
export function identifierAround(text: string, hitStart: number, hitEnd: number): Identifier | null {
  let from = hitStart;
  let to = hitEnd;
  while (from < to && !isNameCharacter(text.charCodeAt(from))) from += 1;
  while (to > from && !isNameCharacter(text.charCodeAt(to - 1))) to -= 1;
  let start = from;
  let end = to;
  while (start > 0 && from - start < maxNameLength && isNameCharacter(text.charCodeAt(start - 1))) start -= 1;
  while (end < text.length && end - to < maxNameLength && isNameCharacter(text.charCodeAt(end))) end += 1;
  if (end - start >= maxNameLength || isEndOfBlob(text, end)) return null;
  if (start < from && text.charCodeAt(start - 1) === backslash && /[nrt]/.test(text[start] ?? '')) start += 1; // `\napi_key`
  const flagStart = start;
  while (start < end && text.charCodeAt(start) === dash) start += 1;
  while (end > start && (text.charCodeAt(end - 1) === dash || text.charCodeAt(end - 1) === dot)) end -= 1;
  return { start, end, text: text.slice(start, end), isFlag: start > flagStart };
}

/** True where the name is the end of base64 that is filled up, and no value follows: `…+8rPw= `. */
function isEndOfBlob(text: string, end: number): boolean {
  if (text.charCodeAt(end) !== equals || !/^={1,2}(?:\s|$)/.test(text.slice(end, end + 3))) return false;
  const blob = /[A-Za-z0-9+/]{20,}$/.exec(text.slice(Math.max(0, end - 90), end))?.[0] ?? '';
  return /[a-z]/.test(blob) && /[A-Z]/.test(blob) && changeRate(blob) >= 0.3;
}

/** Where the run of name characters around a place ends, if it is too long for a name whatever is sought in it; else the place. */
export function endOfBlob(text: string, at: number): number {
  let end = at;
  while (isNameCharacter(text.charCodeAt(end))) end += 1;
  if (end - at >= maxNameLength) return end;
  for (let start = at; end - start < maxNameLength; start -= 1) if (!isNameCharacter(text.charCodeAt(start - 1))) return at;
  return end;
}

/** The word before a name, where one blank or slash parts them; empty where there is none. */
export function wordBefore(text: string, nameStart: number): string {
  const code = text.charCodeAt(nameStart - 1);
  if (code !== blank && code !== slash) return '';
  let start = nameStart - 1;
  while (start > 0 && nameStart - start < maxWordLength && isAlphanumeric(text.charCodeAt(start - 1))) start -= 1;
  return text.slice(start, nameStart - 1);
}

const maxWordLength = 32;

const backslash = 92;
const dash = 45;
const equals = 61;
const dot = 46;
const blank = 32;
const slash = 47;
/** Letters, digits, underscores, dashes, dots and dollars. */
const nameCharacters = Uint8Array.from({ length: 128 }, (_, code) => (/[\w.$-]/.test(String.fromCharCode(code)) ? 1 : 0));

function isNameCharacter(code: number): boolean {
  return nameCharacters[code] === 1;
}
