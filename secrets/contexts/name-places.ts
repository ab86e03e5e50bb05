import { isInBlob } from '../border.ts';
import { isBlank, isQuote } from '../characters.ts';
import type { Identifier } from './identifier.ts';
import type { ReadValue } from './value-reader.ts';

/** What may end in front of a name that names nothing: base64, an ARN, an address, a placeholder. */
const deadEnds = /[+/\w:.*«-]/;
const mayEndDead = Uint8Array.from({ length: 256 }, (_, code) => (deadEnds.test(String.fromCharCode(code)) ? 1 : 0));

/** True where a name stands in base64, an ARN, a placeholder, or begins an address: it says nothing of what follows. */
export function namesNothing(text: string, nameStart: number): boolean {
  if (mayEndDead[text.charCodeAt(nameStart - 1)] !== 1) return false;
  return isInBlob(text, nameStart) || isInArn(text, nameStart) || text.startsWith('://', nameStart - 3) || isInPlaceholder(text, nameStart);
}

/** `«secret:password:…»`, which an earlier pass left, says nothing of what stands beside it. */
function isInPlaceholder(text: string, nameStart: number): boolean {
  return text[nameStart - 1] === '«' || text.startsWith('«secret:', nameStart - 8);
}

/** `arn:aws:secretsmanager:eu-west-1:123456789012:secret:…` and `{{resolve:ssm-secure:…` name a secret; they hold none. */
function isInArn(text: string, nameStart: number): boolean {
  if (!/[:/\w.*-]/.test(text[nameStart - 1] ?? '')) return false;
  return /(?:arn:[\w-]{0,20}|\{\{resolve)(?::[\w.*/-]{0,80}){1,6}:?$/.test(text.slice(Math.max(0, nameStart - 240), nameStart));
}

/** True where the name stands in an opening tag: `<password>` or `<entry key="password">`. */
export function isInTag(text: string, nameStart: number): boolean {
  return text[nameStart - 1] === '<' || /<[\w:.-]{0,60}(?:\s[^<>\n]{0,120})?$/.test(text.slice(Math.max(0, nameStart - 200), nameStart));
}

/** `<Pass encoding="base64">`: where the value begins, if attributes stand between the name of a tag and what it holds. */
export function tagOpenedAt(text: string, name: Identifier): number | null {
  if (text[name.start - 1] !== '<' || text[name.end] !== ' ') return null;
  attributes.lastIndex = name.end;
  return attributes.test(text) ? attributes.lastIndex : null;
}

const attributes = /(?: [\w:.-]{1,40}="[^"<>\n]{0,80}"){1,4} ?>/y;

/** `Unseal Key 1:`, `Password for root:`, `Token (read-only):`: what may stand between a name and its sign. */
export function skipQualifier(text: string, at: number): number {
  if (text[at] !== ' ' || !qualifierHeads.has(text[at + 1] ?? '')) return at;
  const qualifier = /^(?: \d{1,2}| \([\w -]{1,24}\)| (?:for|of) [\w.@'"-]{1,40}(?: [\w.@'"-]{1,40})?| (?:is|was))(?=\s{0,2}:|=| )/.exec(text.slice(at, at + 96));
  return qualifier === null ? at : at + qualifier[0].length;
}

const qualifierHeads = new Set('0123456789(foiw'.split(''));

/** `Bearer`, `Basic`, `Token token=` before a credential. */
export function skipScheme(text: string, at: number): number {
  if (!schemeHeads.has(text[at] ?? '')) return at;
  let end = at;
  while (end - at <= longestScheme && isSchemeCharacter(text.charCodeAt(end))) end += 1;
  if (end - at > longestScheme || (end < text.length && !schemeEnds.has(text[end] ?? ''))) return at;
  const scheme = /^(?:(?:Bearer|Basic|Token|Digest|OAuth|ApiKey|Api-Key|SSWS|key|Key|pass|plain|plaintext)(?:[ :=]+|$)(?:token=)?)/i.exec(text.slice(at, at + 24));
  return scheme === null ? at : at + scheme[0].length;
}

const schemeHeads = new Set('bBtTdDoOaAsSkKpP'.split(''));
const schemeEnds = new Set(' :='.split(''));
const longestScheme = 9;

function isSchemeCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === dash;
}

/** True where the value is quoted and a colon follows: then it is the next key, and the name was a value. */
export function isKey(text: string, value: ReadValue): boolean {
  if (!value.isQuoted) return false;
  const end = skipBackslashes(text, value.end, 7);
  const quote = text.charCodeAt(end);
  return (quote === 34 || quote === 39) && text.charCodeAt(skipBlanks(text, end + 1, 4)) === 58;
}

/** True where nothing is left on the line behind a value but its quote and some blanks. */
export function endsLine(text: string, at: number): boolean {
  let end = isQuote(text.charCodeAt(at)) ? at + 1 : at;
  const most = end + 8;
  while (end < most && (text.charCodeAt(end) === 32 || text.charCodeAt(end) === 9)) end += 1;
  const code = text.charCodeAt(end);
  if (end >= text.length || code === lineFeed) return true;
  if (code === carriageReturn) return text.charCodeAt(end + 1) === lineFeed;
  return code === backslash && text[end + 1] === 'n';
}

/** True where an arrow or a bar may follow the value, with the other of two values behind it. */
export function mayHaveOtherSide(text: string, value: ReadValue): boolean {
  let end = value.end;
  if (value.isQuoted) {
    end = skipBackslashes(text, end, 3);
    if (!isQuote(text.charCodeAt(end))) return false;
    end += 1;
  }
  const code = text.charCodeAt(skipBlanks(text, end, 2));
  return code === dash || code === equals || code === bar;
}

function skipBackslashes(text: string, at: number, most: number): number {
  let end = at;
  while (end - at < most && text.charCodeAt(end) === backslash) end += 1;
  return end;
}

function skipBlanks(text: string, at: number, most: number): number {
  let end = at;
  while (end - at < most && isBlank(text.charCodeAt(end))) end += 1;
  return end;
}

const lineFeed = 10;
const carriageReturn = 13;
const dash = 45;
const equals = 61;
const backslash = 92;
const bar = 124;
