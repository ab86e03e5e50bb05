import { isRandom } from '../looks.ts';
import { readQuoted, type ReadValue } from './value-reader.ts';

/** A list is read on one line only, as far as a stream keeps a line: 4 Ki characters. */
const maxLength = 4_096;
const opening = /\[\s{0,2}(?=\\{0,7}["']|[-\dtfn])/y;
const between = /\s{0,2},\s{0,2}(?=\\{0,7}["']|[-\dtfn])/y;
const literal = /(?:(?<number>-?\d[\d.eE+-]{0,40})|true|false|null)(?=\s{0,2}[,\]])/y;

/** The items of `["…", 12, "…"]`, where such a list begins at `at` and stands on one line; none where it does not. */
export function readList(text: string, at: number): readonly ReadValue[] {
  opening.lastIndex = at;
  if (text[at] !== '[' || !opening.test(text)) return [];
  const items: ReadValue[] = [];
  for (let next = opening.lastIndex; next - at < maxLength; next = between.lastIndex) {
    const item = readItem(text, next);
    if (item === null || text.slice(item.start, item.end).includes('\n')) return items;
    if (item.saysSomething) items.push(item);
    between.lastIndex = item.isQuoted ? afterQuote(text, item.end) : item.end;
    if (!between.test(text)) return items;
  }
  return items;
}

interface Item extends ReadValue {
  /** False for `true`, `false` and `null`. */
  readonly saysSomething: boolean;
}

function readItem(text: string, at: number): Item | null {
  literal.lastIndex = at;
  const bare = literal.exec(text);
  if (bare !== null) return { start: at, end: literal.lastIndex, isQuoted: false, saysSomething: bare.groups?.['number'] !== undefined };
  const quoted = readQuoted(text, at);
  return quoted === null ? null : { ...quoted, saysSomething: true };
}

/**
 * Names of secrets stand in lists under names like `secrets` far more often than secrets do: there an item has to look drawn
 * or chosen. Nobody lists the names of passwords.
 */
export function looksChosen(item: string, name: string): boolean {
  if (/pass|pwd/i.test(name) && /\d|[^\w./: -]/.test(item)) return true;
  return isRandom(item) || (item.length >= 8 && /\d/.test(item) && /[A-Z]/.test(item) && /[a-z]/.test(item) && !worded.test(item));
}

/** `tls-2024-Cert`, `Prod/Db/v2`: words and numbers, each by itself. */
const worded = /^(?:[A-Za-z]+|v?\d+)(?:[-_./: ](?:[A-Za-z]+|v?\d+))*$/;

function afterQuote(text: string, at: number): number {
  let end = at;
  while (text[end] === '\\') end += 1;
  return end + 1;
}
