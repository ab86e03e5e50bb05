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
  signs.lastIndex = gap;
  const sign = signs.exec(text);
  if (sign !== null) {
    const after = skipType(text, skipBlanks(text, gap + sign[0].length));
    return { bond: 'assigned', at: skipWrapping(text, skipEmphasis(text, after)) };
  }
  if (text[gap] === '>' ) return { bond: 'assigned', at: gap + 1 };
  if (text[gap] === '|') return { bond: 'assigned', at: skipBlanks(text, gap + 1) };
  if (closed && text[gap] === ',') {
    at = skipWrapping(text, skipBlanks(text, gap + 1));
    return isQuote(text, at) ? { bond: 'argument', at } : null;
  }
  if (text[gap] === '(') {
    at = skipBlanks(text, gap + 1);
    return isQuote(text, at) ? { bond: 'argument', at } : null;
  }
  if (matchesAt(dashed, text, gap)) return { bond: 'assigned', at: skipBlanks(text, gap + 1) };
  if (gap > at && matchesAt(typed, text, gap)) return { bond: 'assigned', at: skipWrapping(text, typed.lastIndex) };
  if (gap === at || gap >= text.length) return null;
  return { bond: isFlag ? 'assigned' : 'beside', at: gap };
}

const signs = /(?::{0,3}:=|\?=|\+=|\.=|\|\|=|===?|=>|->|=|:(?!:)|%3[Dd])/y;

const dashed = /- ?["'`]/y;

/** Go: `var x string = "…"`. */
const typed = /[A-Za-z]{2,12}[ \t]{1,4}=[ \t]{0,4}/y;

function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** Quotes and brackets that close around the name, with the backslashes of JSON inside JSON. */
function skipClosers(text: string, at: number): number {
  let end = at;
  while (end - at < 12 && closers.has(text[end] ?? '') && !(text[end] === '\\' && /[nrt]/.test(text[end + 1] ?? ''))) end += 1;
  if (text.startsWith('&quot;', end)) end += 6;
  return end;
}

const closers = new Set(['"', "'", '`', ']', ')', '\\']);

function skipBlanks(text: string, at: number): number {
  let end = at;
  while (end - at < maxGap && (text[end] === ' ' || text[end] === '\t' || text[end] === '\u00a0')) end += 1;
  return end;
}

/** `**Password:** …`: the marks of Markdown that close behind the sign. */
function skipEmphasis(text: string, at: number): number {
  return text[at] === '*' && text[at + 1] === '*' ? skipBlanks(text, at + 2) : at;
}

/** `: string =` and `: str =`: the name of a type stands between the colon and the sign. */
function skipType(text: string, at: number): number {
  if (!typeHeads.has(text[at] ?? '')) return at;
  const type = /^(?:string|str|String|text|char\*?|bytes|SecureString|any|var)(?:\s*\|\s*\w+)?[ \t]{0,4}=[ \t]{0,4}/.exec(text.slice(at, at + 32));
  return type === null ? at : at + type[0].length;
}

const typeHeads = new Set('sStcbav'.split(''));

/** `[]byte("`, `String::from("`, `os.getenv("X", "`, `b"`, `@"`, `$"`: what may stand before an opening quote. */
function skipWrapping(text: string, at: number): number {
  const wrapping = /^(?:(?:new\s+)?[\w.:$[\]]{0,40}\(\s{0,2}|[a-zA-Z@$]{1,2})(?=\\{0,3}["'`])/.exec(text.slice(at, at + 64));
  return wrapping === null ? at : at + wrapping[0].length;
}

function isQuote(text: string, at: number): boolean {
  return /^\\{0,3}(?:["'`]|&quot;)/.test(text.slice(at, at + 6));
}
