import { isBlank, isQuote } from '../characters.ts';
import type { FindLineWord } from './line-words.ts';

/** A value that stands after a name, without its quotes. */
export interface ReadValue {
  readonly start: number;
  readonly end: number;
  readonly isQuoted: boolean;
}

/** Values above this are masked up to here, and on in the next piece: 16 Ki characters. */
const maxValueLength = 16_384;

/** A bare value longer than this is no assignment but a blob; forms of tokens find those: 4 Ki characters. */
const maxBareLength = 4_096;

/** What a bare value holds without a second look: anything but blanks, quotes, brackets and marks that may end it. */
const isPlain = Uint8Array.from({ length: 128 }, (_, code) => (/[^\s"'`<>\\(){}[\],;&|%\u001b]/.test(String.fromCharCode(code)) ? 1 : 0));

const endsBare = Uint8Array.from({ length: 128 }, (_, code) => (' \t\n\v\f\r"\'`<>\u001b'.includes(String.fromCharCode(code)) ? 1 : 0));
const trailing = Uint8Array.from({ length: 128 }, (_, code) => (',;.:'.includes(String.fromCharCode(code)) ? 1 : 0));

const lineFeed = 10;
const ampersand = 38;
const less = 60;
const backslash = 92;
const backtick = 96;

/** Reads the quoted or bare value, or the here-document, that begins at `at`; null where none begins. */
export function readValue(text: string, at: number, findLine: FindLineWord): ReadValue | null {
  return readHeredoc(text, at, findLine) ?? readQuoted(text, at) ?? readBare(text, at);
}

/** `<<EOT` and the lines up to its mark, without the blanks around them. */
function readHeredoc(text: string, at: number, findLine: FindLineWord): ReadValue | null {
  if (text.charCodeAt(at) !== less || text.charCodeAt(at + 1) !== less) return null;
  const open = /^<<[-~]?\s?["']?(?<mark>[A-Za-z_]\w{0,40})["']?[ \t]*\r?\n[ \t]*/.exec(text.slice(at, at + 120));
  if (open === null) return null;
  const start = at + open[0].length;
  const mark = findLine(open.groups?.['mark'] ?? '', start, start + maxValueLength);
  if (mark === null) return null;
  let end = mark;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return { start, end, isQuoted: true };
}

/**
 * Reads what stands in quotes. A quote inside JSON inside JSON is written with backslashes, so the closing one is the
 * first of its kind with as many of them, counting pairs as content.
 */
export function readQuoted(text: string, at: number): ReadValue | null {
  let open = at;
  while (text.charCodeAt(open) === backslash && open - at < 8) open += 1;
  const depth = open - at;
  const quote = text.charCodeAt(open);
  if (quote === ampersand && text.startsWith('&quot;', open)) return until(text, open + 6, '&quot;');
  if (!isQuote(quote)) return null;
  if (text.charCodeAt(open + 1) === quote && text.charCodeAt(open + 2) === quote) return until(text, open + 3, text.slice(open, open + 3));
  const limit = Math.min(text.length, open + maxValueLength);
  for (let end = open + 1; end < limit; end += 1) {
    const code = text.charCodeAt(end);
    if (code === lineFeed && depth === 0 && quote !== backtick && !continues(text, end)) return null;
    if (code !== quote) continue;
    if (isClosing(text, end, open + 1, depth)) return { start: open + 1, end: end - depth, isQuoted: true };
  }
  return { start: open + 1, end: limit, isQuoted: true };
}

/** A quoted value may run over lines only where the line before the break is filled: wrapped base64 and PEM. */
function continues(text: string, end: number): boolean {
  return /[\w+/=-]{20,}$/.test(text.slice(Math.max(0, end - 40), end));
}

function isClosing(text: string, at: number, from: number, depth: number): boolean {
  let run = 0;
  while (at - run - 1 >= from && text.charCodeAt(at - run - 1) === backslash) run += 1;
  return depth === 0 ? run % 2 === 0 : run % (2 * (depth + 1)) === depth;
}

function until(text: string, start: number, close: string): ReadValue {
  const end = text.indexOf(close, start);
  return { start, end: end < 0 || end - start > maxValueLength ? Math.min(text.length, start + maxValueLength) : end, isQuoted: true };
}

/** Reads up to a blank, a quote or what closes the surroundings; a comma, semicolon or ampersand inside belongs to the value. */
export function readBare(text: string, at: number): ReadValue | null {
  const limit = Math.min(text.length, at + maxBareLength);
  let end = at;
  let open = 0;
  while (end < limit) {
    const code = text.charCodeAt(end);
    if (isPlain[code] === 1 || (code >= 128 && !isBlank(code))) {
      end += 1;
      continue;
    }
    if (endsBare[code] === 1 || code >= 128) break;
    const character = text[end] ?? '';
    if (character === '\\' && /["'nrt]/.test(text[end + 1] ?? '')) break;
    if (character === '%' && /^%(?:26|2[26c]|3b)/i.test(text.slice(end, end + 3))) break;
    if (character === '(' || character === '{' || character === '[') open += 1;
    if (character === ')' || character === '}' || character === ']') {
      if (open === 0 && closes(text, end)) break;
      open -= 1;
    }
    if (character === '|' || ((character === ',' || character === ';' || character === '&') && separates(text, end))) break;
    end += 1;
  }
  while (end > at && trailing[text.charCodeAt(end - 1)] === 1) end -= 1;
  return end > at ? { start: at, end, isQuoted: false } : null;
}

/** A bracket ends the value where nothing but the end of a word follows. */
function closes(text: string, at: number): boolean {
  return /^[)\]}]+(?:[\s"'`,;.:<]|\\|$)/.test(text.slice(at, at + 12));
}

/** A mark parts two values where a name or a blank follows it. */
function separates(text: string, at: number): boolean {
  return /^(?:[,;|](?:\s|$|["'\\])|[,;&]\s{0,2}[A-Za-z_][\w .-]{0,40}[=:]|&amp;|;$|&$|[,;][A-Za-z_]\w*$)/.test(text.slice(at, at + 60));
}
