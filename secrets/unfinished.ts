import { isRandom } from './looks.ts';

/** A run of characters without a blank at the end of a text that is at least this long may be half a secret. */
const minRun = 6;

/** The longest end of a text that is looked at. */
const maxTail = 8_192;

/**
 * Where the end of a text begins that may be the first half of a secret: the last run of characters without blanks or
 * quotes, what `isKnownHead` knows as the beginning of a known value, or a value drawn at random that a comment behind it may
 * yet name. The text's length where there is none.
 */
export function unfinishedAt(text: string, isKnownHead: (tail: string) => number): number {
  const tail = text.slice(-maxTail);
  const run = /[^\s"'`<>]+$/.exec(tail)?.[0] ?? '';
  const value = /^[A-Za-z_][A-Za-z_.-]{0,60}[=:]\\?(.+)$/.exec(run)?.[1] ?? run;
  const isWord = /^[A-Za-z]{0,7}[.,:;!?)\]]*$/.test(value) || /^[\d.,:%/-]{0,7}$/.test(value);
  const byRun = value.length >= minRun && !isWord ? text.length - value.length : text.length;
  const tagged = /<[\w:.-]{0,30}(?:secret|passw|pass|token|key|cred)[\w:.-]{0,30}(?: [^<>\n]{0,120})?>(?<open>[^<]*<?)$/i.exec(tail)?.groups?.['open'] ?? '';
  const unnamed = /\b(?:value|default|val|content)["']? {0,2}[:=] {0,2}["'](?<open>[^"'\n]{8,400})["'],?[ \t]{0,8}(?:(?:#|\/\/|--)[^\n]{0,80})?$/i.exec(tail);
  const byComment = unnamed !== null && isRandom(unnamed.groups?.['open'] ?? '') ? text.length - tail.length + unnamed.index + unnamed[0].indexOf(unnamed.groups?.['open'] ?? '') : text.length;
  return Math.min(byRun, byComment, text.length - tagged.length, text.length - isKnownHead(tail));
}
