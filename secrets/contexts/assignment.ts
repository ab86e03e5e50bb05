import type { Hit } from '../hit.ts';
import { isAbout, type NameVerdict } from '../names.ts';
import { isRandom } from '../looks.ts';
import { isSecretValue, type Surroundings } from './acceptance.ts';
import { readBare, readQuoted, readValue, type ReadValue } from './value-reader.ts';
import { separatorAfter } from './separator.ts';
import { siblingValue } from './siblings.ts';

/** Names inside a value longer than this are not read on their own. */
const maxInnerLength = 256;

/** Longer runs of name characters are blobs, not names. */
const maxNameLength = 100;

export interface NameReader {
  /** The hits that the name around `[start, end)` leads to; a name is read once for all its words. */
  at(start: number, end: number): readonly Hit[];
}

/** Reads names and the values that follow them in one text; `isVendor` tells whether the name has a vendor's word. */
export function readNames(text: string, judge: (name: string) => NameVerdict, isVendor: (name: string) => boolean): NameReader {
  let readUpTo = -1;
  return { at };

  function at(start: number, end: number): readonly Hit[] {
    if (end <= readUpTo) return [];
    const name = identifierAround(text, start, end);
    if (name === null) return [];
    readUpTo = name.end;
    if (isInArn(text, name.start)) return [];
    const verdict = verdictOf(name);
    if (verdict === null) return [];
    const hits: Hit[] = [];
    for (const value of valuesAfter(name, verdict)) {
      hits.push({ rule: verdict === 'vendor' ? 'context/vendor-name' : 'context/secret-name', kind: kindOf(name.text), start: value.start, end: value.end });
    }
    return hits;
  }

  function verdictOf(name: Identifier): Surroundings['verdict'] | null {
    if (/^(?:checksum|sha\d*|hash|digest|etag|integrity)$/i.test(name.before)) return null;
    let verdict = judge(name.text);
    if (verdict !== 'secret' && name.before !== '') {
      const longer = judge(`${name.before} ${name.text}`);
      if (longer !== 'unknown') verdict = longer;
    }
    if (verdict === 'public') return null;
    if (verdict === 'secret') return 'secret';
    if (isVendor(name.text) && !isAbout(name.text)) return verdict === 'perhaps' ? 'secret' : 'vendor';
    return verdict === 'perhaps' || /^(?:access|private|code)$/i.test(name.text) ? 'perhaps' : null;
  }

  function isVendorNear(name: Identifier): boolean {
    return isVendor(text.slice(Math.max(0, name.start - 100), name.end));
  }

  function* valuesAfter(name: Identifier, verdict: Surroundings['verdict']): Generator<ReadValue> {
    if (verdict === 'secret') {
      const beside = siblingValue(text, name.start, name.end);
      if (beside !== null) {
        const around = { verdict, name: name.text, bond: 'assigned' as const, isQuoted: beside.isQuoted, isSpaced: true, isVendorNear: () => false };
        if (isSecretValue(text.slice(beside.start, beside.end), around)) yield beside;
        return;
      }
    }
    const tail = /[-.](?<tail>[A-Za-z0-9]{16,})$/.exec(name.text)?.groups?.['tail'];
    if (tail !== undefined && verdict !== 'perhaps' && isRandom(tail)) {
      if (isVendorNear(name)) yield { start: name.end - tail.length, end: name.end, isQuoted: false };
      return;
    }
    const qualified = skipQualifier(text, name.end);
    const separator = separatorAfter(text, qualified, name.isFlag);
    if (separator === null) return;
    const isTag = text[separator.at - 1] === '>' && isInTag(text, name.start);
    if (text[separator.at - 1] === '>' && text[separator.at - 2] !== '=' && text[separator.at - 2] !== '-' && !isTag) return;
    const from = skipScheme(text, separator.at);
    const value = isTag ? readTagged(text, from) : readValue(text, from);
    if (value === null || isKey(text, value)) return;
    const around = {
      verdict,
      name: name.text,
      bond: separator.bond,
      isQuoted: value.isQuoted,
      isSpaced: text[separator.at - 1] === ' ' && text[qualified] === ' ',
      isVendorNear: () => isVendorNear(name),
    };
    if (value.end - value.start > maxInnerLength) readUpTo = Math.max(readUpTo, value.end);
    if (isSecretValue(text.slice(value.start, value.end), around)) {
      readUpTo = Math.max(readUpTo, value.end);
      yield value;
    }
    const change = /^\\{0,3}["'`]?\s{0,2}(?:->|\|)\s{0,2}/.exec(text.slice(value.end, value.end + 12)); // terraform: "old" -> "new"
    const next = change === null ? null : (readQuoted(text, value.end + change[0].length) ?? readBare(text, value.end + change[0].length));
    if (next !== null && isSecretValue(text.slice(next.start, next.end), { ...around, isQuoted: next.isQuoted })) yield next;
  }
}

/** True where the value is quoted and a colon follows: then it is the next key, and the name was a value. */
function isKey(text: string, value: ReadValue): boolean {
  return value.isQuoted && /^\\{0,7}["']\s{0,4}:/.test(text.slice(value.end, value.end + 16));
}

/** True where the name stands in an opening tag: `<password>` or `<entry key="password">`. */
function isInTag(text: string, nameStart: number): boolean {
  return /<[\w:.-]{0,60}(?:\s[^<>\n]{0,120})?$/.test(text.slice(Math.max(0, nameStart - 200), nameStart));
}

/** `arn:aws:secretsmanager:eu-west-1:123456789012:secret:…` and `{{resolve:ssm-secure:…` name a secret; they hold none. */
function isInArn(text: string, nameStart: number): boolean {
  return /(?:arn:[\w-]{0,20}|\{\{resolve)(?::[\w.*\/-]{0,80}){1,6}:?$/.test(text.slice(Math.max(0, nameStart - 240), nameStart));
}

interface Identifier {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The word before it on the line, where one blank parts them. */
  readonly before: string;
  readonly isFlag: boolean;
}

function identifierAround(text: string, hitStart: number, hitEnd: number): Identifier | null {
  let from = hitStart;
  let to = hitEnd;
  while (from < to && !isNameCharacter(text.charCodeAt(from))) from += 1;
  while (to > from && !isNameCharacter(text.charCodeAt(to - 1))) to -= 1;
  let start = from;
  let end = to;
  while (start > 0 && from - start < maxNameLength && isNameCharacter(text.charCodeAt(start - 1))) start -= 1;
  while (end < text.length && end - to < maxNameLength && isNameCharacter(text.charCodeAt(end))) end += 1;
  if (end - start >= maxNameLength) return null;
  // A JSON escape before the name is not part of it: `\napi_key`.
  if (start > 0 && text[start - 1] === '\\' && /[nrt]/.test(text[start] ?? '') && start < from) start += 1;
  const dashes = /^-+/.exec(text.slice(start, end))?.[0].length ?? 0;
  const name = text.slice(start + dashes, end).replace(/[-.]+$/, '');
  const before = /([A-Za-z][A-Za-z0-9]{0,30})[ /]$/.exec(text.slice(Math.max(0, start - 32), start))?.[1] ?? '';
  return { start: start + dashes, end: start + dashes + name.length, text: name, before, isFlag: dashes > 0 };
}

/** Letters, digits, `_`, `-`, `.` and `$`. */
function isNameCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 45 || code === 46 || code === 36;
}

/** `Unseal Key 1:`, `Password for root:`, `Token (read-only):`: what may stand between a name and its sign. */
function skipQualifier(text: string, at: number): number {
  const qualifier = /^(?: \d{1,2}| \([\w -]{1,24}\)| (?:for|of) [\w.@'"-]{1,40}(?: [\w.@'"-]{1,40})?| (?:is|was))(?=\s{0,2}:|=| )/.exec(text.slice(at, at + 96));
  return qualifier === null ? at : at + qualifier[0].length;
}

/** `Bearer`, `Basic`, `Token token=` before a credential. */
function skipScheme(text: string, at: number): number {
  const quote = /^\\{0,3}["'`]/.exec(text.slice(at, at + 4));
  if (quote !== null) return at;
  const scheme = /^(?:(?:Bearer|Basic|Token|Digest|OAuth|ApiKey|Api-Key|SSWS|key|Key|pass|plain|plaintext)(?:[ :=]+|$)(?:token=)?)/i.exec(text.slice(at, at + 24));
  return scheme === null ? at : at + scheme[0].length;
}

function readTagged(text: string, at: number): ReadValue | null {
  const end = text.indexOf('<', at);
  return end <= at || end - at > 4_096 || text[end + 1] !== '/' ? null : { start: at, end, isQuoted: true };
}

function kindOf(name: string): string {
  if (/pass|pwd/i.test(name)) return 'password';
  if (/token|jwt|bearer/i.test(name)) return 'token';
  return /key/i.test(name) ? 'key' : 'value';
}
