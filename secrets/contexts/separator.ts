import { isBlank, isQuote, isWord, kindOf, lower, upper } from '../characters.ts';

/** How surely a name and what follows belong together. */
export type Bond = 'assigned' | 'argument' | 'beside';

export interface Separator {
  readonly bond: Bond;
  /** Where the value begins. */
  readonly at: number;
}

const maxGap = 48;

/**
 * What stands between a name and its value in some syntax: `=`, `:`, `=>`, `:=`, `?=`, `: string =`, `>` of a tag, `, ` and
 * `(` of a call, ` - `, `|` of a table, or a blank.
 */
export function separatorAfter(text: string, nameEnd: number, isFlag: boolean): Separator | null {
  let at = skipClosers(text, nameEnd);
  const closed = at > nameEnd;
  const gap = skipBlanks(text, at);
  const head = text[gap] ?? '';
  if (signHeads.has(head)) {
    signs.lastIndex = gap;
    if (signs.test(text)) {
      const after = skipType(text, skipBlanks(text, signs.lastIndex));
      return { bond: 'assigned', at: skipWrapping(text, skipEmphasis(text, after)) };
    }
  }
  if (head === '>') return { bond: 'assigned', at: gap + 1 };
  if (head === '|') return { bond: 'assigned', at: skipBlanks(text, gap + 1) };
  if (closed && head === ',') {
    at = skipWrapping(text, skipBlanks(text, gap + 1));
    return isQuoteAt(text, at) ? { bond: 'argument', at } : null;
  }
  if (head === '(') {
    at = skipBlanks(text, gap + 1);
    return isQuoteAt(text, at) ? { bond: 'argument', at } : null;
  }
  if (head === '-' && matchesAt(dashed, text, gap)) return { bond: 'assigned', at: skipBlanks(text, gap + 1) };
  if (gap > at && isTyped(text, gap)) return { bond: 'assigned', at: skipWrapping(text, typed.lastIndex) };
  if (gap === at || gap >= text.length) return null;
  return { bond: isFlag ? 'assigned' : 'beside', at: gap };
}

const signHeads = new Set(':?+.|=-%'.split(''));
const signs = /(?::{0,3}:=|\?=|\+=|\.=|\|\|=|===?|=>|->|=|:(?!:)|%3[Dd])/y;

const dashed = /- ?["'`]/y;

/** Go: `var x string = "…"`. */
const typed = /[A-Za-z]{2,12}[ \t]{1,4}=[ \t]{0,4}/y;
const longestType = 12;

function isTyped(text: string, at: number): boolean {
  let end = at;
  while (end - at <= longestType && (kindOf(text.charCodeAt(end)) & (lower | upper)) !== 0) end += 1;
  return end - at <= longestType && text.charCodeAt(skipBlanks(text, end)) === equals && matchesAt(typed, text, at);
}

const equals = 61;

function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** Quotes and brackets that close around the name, with the backslashes of JSON inside JSON. */
function skipClosers(text: string, at: number): number {
  let end = at;
  while (end - at < 12 && isCloser(text, end)) end += 1;
  if (text.charCodeAt(end) === ampersand && text.startsWith('&quot;', end)) end += 6;
  return end;
}

function isCloser(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === backslash) return !/[nrt]/.test(text[at + 1] ?? '');
  return isQuote(code) || code === closeBracket || code === closeParenthesis;
}

const ampersand = 38;
const closeParenthesis = 41;
const backslash = 92;
const closeBracket = 93;

function skipBlanks(text: string, at: number): number {
  let end = at;
  while (end - at < maxGap && isGap(text.charCodeAt(end))) end += 1;
  return end;
}

function isGap(code: number): boolean {
  return code === 32 || code === 9 || code === 0xa0;
}

/** `**Password:** …`: the marks of Markdown that close behind the sign. */
function skipEmphasis(text: string, at: number): number {
  return text[at] === '*' && text[at + 1] === '*' ? skipBlanks(text, at + 2) : at;
}

/** `: string =` and `: str =`: the name of a type stands between the colon and the sign. */
function skipType(text: string, at: number): number {
  if (typeHeads[text[at] ?? '']?.includes(text[at + 1] ?? ' ') !== true) return at;
  const type = /^(?:string|str|String|text|char\*?|bytes|SecureString|any|var)(?:\s*\|\s*\w+)?[ \t]{0,4}=[ \t]{0,4}/.exec(text.slice(at, at + 32));
  return type === null ? at : at + type[0].length;
}

/** The first letter of a type, and those that may follow it. */
const typeHeads: Readonly<Record<string, string>> = { s: 't', S: 'te', t: 'e', c: 'h', b: 'y', a: 'n', v: 'a' };

/** `[]byte("`, `String::from("`, `os.getenv("X", "`, `b"`, `@"`, `$"`: what may stand before an opening quote. */
function skipWrapping(text: string, at: number): number {
  if (!mayWrap(text, at)) return at;
  const wrapping = /^(?:(?:new\s+)?[\w.:$[\]]{0,40}\(\s{0,2}|[a-zA-Z@$]{1,2})(?=\\{0,3}["'`])/.exec(text.slice(at, at + 64));
  return wrapping === null ? at : at + wrapping[0].length;
}

/** False where a run of names, colons and brackets that begins at `at` ends in what opens no quote. */
function mayWrap(text: string, at: number): boolean {
  let end = at;
  while (end - at < maxWrapping && isWrapping(text.charCodeAt(end))) end += 1;
  const code = text.charCodeAt(end);
  if (code === openParenthesis) return true;
  if (isQuote(code) || code === backslash) return end > at && end - at <= 2;
  return end - at === 3 && isBlank(code) && text.startsWith('new', at);
}

/** Names, colons and brackets before the parenthesis of a call are no longer than this. */
const maxWrapping = 44;

function isWrapping(code: number): boolean {
  return isWord(code) || code === dot || code === colon || code === dollar || code === openBracket || code === closeBracket || code === atSign;
}

const dollar = 36;
const openParenthesis = 40;
const dot = 46;
const colon = 58;
const atSign = 64;
const openBracket = 91;

function isQuoteAt(text: string, at: number): boolean {
  return /^\\{0,3}(?:["'`]|&quot;)/.test(text.slice(at, at + 6));
}
