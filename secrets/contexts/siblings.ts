import { isBlank } from '../characters.ts';
import type { FindLineWord } from './line-words.ts';
import { readValue, type ReadValue } from './value-reader.ts';

const valueKey =
  '(?:value|Value|val|default|Default|OutputValue|ParameterValue|ResolvedValue|ResolvedParameterValue|string_?[vV]alue|SettingValue|plaintext|plainText|defaultValue|newValue|oldValue|content|after|before|new|old|literal)';
const valueName = `\\\\{0,7}["']?${valueKey}\\\\{0,7}["']?\\s{0,8}`;
const other = `\\\\{0,7}["']?[\\w.-]{1,40}\\\\{0,7}["']?\\s{0,4}[:=]\\s{0,4}(?:"(?:[^"\\\\\\n]|\\\\.){0,120}"|\\\\{0,7}["'][^"'\\\\\\n]{0,120}\\\\{0,7}["']|true|false|null|[\\w.+-]{1,80})`;

/** What may stand between in the same object: no brace but in a string, which is passed over whole. */
const inside = '(?:[^{}"\\\\]|\\\\.|"(?:[^"\\\\\\n]|\\\\.){0,300}")';

/** From the end of a name that is itself a value, to the value beside it, in each syntax that has names and values. */
const forward = [
  // {"name": "DB_PASSWORD", "type": "", "value": "…"} and ParameterKey=DBPassword,ParameterValue=…
  new RegExp(`^\\\\{0,7}["']?\\s{0,4},\\s{0,40}(?:${other}\\s{0,4},\\s{0,40}){0,5}${valueName}[:=]\\s{0,8}`),
  // - name: DB_PASSWORD⏎  value: …
  new RegExp(`^["']?[ \\t]{0,4}(?:#[^\\n]{0,80})?\\r?\\n[ \\t]{0,60}(?:[\\w.-]{1,40}:[^\\n]{0,120}\\n[ \\t]{0,60}){0,3}${valueName}:[ \\t]{1,8}`),
  // key="Password" value="…"
  new RegExp(`^["'](?:\\s{1,8}[\\w.-]{1,40}=["'][^"'\\n]{0,80}["']){0,3}\\s{1,8}${valueKey}\\s{0,4}=\\s{0,4}`),
  // "db_password": {"sensitive": true, "value": "…"} and variable "db_password" { default = "…" }
  new RegExp(`^\\\\{0,7}["']?\\s{0,4}[:=]?\\s{0,8}\\{${inside}{0,300}?${valueName}[:=]\\s{0,8}`),
  // db_password:⏎  value: …
  new RegExp(`^["']?:[ \\t]{0,4}\\r?\\n[ \\t]{1,60}(?:[\\w.-]{1,40}:[^\\n]{0,120}\\n[ \\t]{1,60}){0,3}${valueName}:[ \\t]{1,8}`),
  // <key>password</key><string>…</string>
  /^<\/key>\s{0,40}<string>(?=[^<]{1,400}<)/,
  // <AdministratorPassword><Value>…</Value>
  /^>\s{0,40}<(?:[vV]alue|plainText|string)>(?=[^<]{1,400}<)/,
] as const;

/** From here on the patterns know tags that are no keys of values elsewhere. */
const firstTagged = 5;

/** These are read backwards from the name, so that what stands far before it is not looked at once for each name. */
const backward = [
  // {"value": "…", "name": "DB_PASSWORD"}
  new RegExp(`(?<=${valueName}[:=]\\s{0,8}\\k<quote>(?<value>[^"'\\\\\\n]{1,400})(?<rest>(?<quote>\\\\{0,7}["'])\\s{0,4},\\s{0,40}(?:${other}\\s{0,4},\\s{0,40}){0,2}\\\\{0,7}["']?(?:name|key|Name|Key|OutputKey|ParameterKey)\\\\{0,7}["']?\\s{0,4}[:=]\\s{0,4}\\\\{0,7}["']?))`, 'y'),
  // value = "…"  # DB_PASSWORD
  new RegExp(`(?<=${valueName}[:=]\\s{0,8}\\k<quote>(?<value>[^"'\\n]{1,400})(?<rest>(?<quote>["'])\\s{0,8}(?:#|//|--)\\s{0,4}))`, 'y'),
] as const;

/** Reads the values beside names that themselves stand as values, in one text and in rising order. */
export function readSiblings(text: string, findLine: FindLineWord): { of(nameStart: number, nameEnd: number): ReadValue | null } {
  const keys = new RegExp(valueKey, 'g');
  const lastKeys: number[] = [];
  let nextKey = -1;
  return { of };

  function of(nameStart: number, nameEnd: number): ReadValue | null {
    findKeys(nameStart);
    return valueAfter(text, findLine, { nameStart, nameEnd, hasKey: nextKey - nameEnd < reachAhead }) ?? valueBefore(text, nameStart, Math.max(lastKeys[0] ?? nameStart, nameStart - reach));
  }

  /** The keys of values that stand next before and behind a name; each is sought once, not once a name. */
  function findKeys(nameStart: number): void {
    while (nextKey < nameStart) {
      if (nextKey >= 0 && lastKeys.push(nextKey) > maxKeys) lastKeys.shift();
      nextKey = keys.exec(text)?.index ?? Infinity;
    }
  }
}

/** So far before a name its value may begin. */
const reach = 700;

/** So many keys of values before a name are tried. */
const maxKeys = 8;

/** So far behind a name its value may begin. */
const reachAhead = 900;

/** What follows the name and its quote, or a colon, tells whether a name beside a value is possible at all. */
const mayFollow = /[\\"']{0,8}(?:[ \t]{0,4}(?:,|#|\r?\n)|[ \t]{0,8}[:=]?[ \t]{0,8}\{|["']\s{1,8}[\w.-]{1,40}=|:[ \t]{0,4}\r?\n|<\/key>|>\s{0,40}<(?:[vV]alue|plainText|string)>)/y;

/** Where `mayFollow` has a chance: after quotes and blanks comes a mark that it knows, or the line ends, or a blank parts a quote from more. */
function mayLead(text: string, nameEnd: number): boolean {
  let at = nameEnd;
  while (at - nameEnd < maxMarks && isMark(text.charCodeAt(at))) at += 1;
  let isParted = at > nameEnd && isBlank(text.charCodeAt(at));
  for (const blanks = at; at - blanks < maxBlanks && isBlank(text.charCodeAt(at)); at += 1) isParted ||= text.charCodeAt(at) === lineFeed;
  return isParted || leads[text.charCodeAt(at)] === 1;
}

function isMark(code: number): boolean {
  return code === backslash || code === doubleQuote || code === singleQuote;
}

const maxMarks = 8;
const maxBlanks = 16;
const lineFeed = 10;
const doubleQuote = 34;
const singleQuote = 39;
const backslash = 92;

/** What a comma, a comment, a sign, a brace or a tag begins with; a mark beyond the eighth, too. */
const leads = Uint8Array.from({ length: 128 }, (_, code) => (',#:={<>\\"\''.includes(String.fromCharCode(code)) ? 1 : 0));

function valueAfter(text: string, findLine: FindLineWord, { nameStart, nameEnd, hasKey }: { readonly nameStart: number; readonly nameEnd: number; readonly hasKey: boolean }): ReadValue | null {
  if (!hasKey && text[nameEnd] !== '<' && text[nameEnd] !== '>') return null;
  if (!mayLead(text, nameEnd)) return null;
  mayFollow.lastIndex = nameEnd;
  if (!mayFollow.test(text)) return null;
  if (text[nameStart - 1] === '"' && /(?:resource|data|module|provider)\s+"[^"\n]{0,80}"\s+"$/.test(text.slice(Math.max(0, nameStart - 120), nameStart))) return null; // an HCL label
  const after = text.slice(nameEnd, nameEnd + reachAhead);
  for (const [index, pattern] of forward.entries()) {
    if (!hasKey && index < firstTagged) continue;
    const match = pattern.exec(after);
    if (match === null) continue;
    const at = nameEnd + match[0].length;
    if (match[0].endsWith('>')) return { start: at, end: text.indexOf('<', at), isQuoted: true };
    return readValue(text, at, findLine);
  }
  return null;
}

function valueBefore(text: string, nameStart: number, from: number): ReadValue | null {
  if (from >= nameStart) return null;
  const index = backwardAt(text, nameStart);
  const pattern = index === null ? undefined : backward[index];
  if (pattern === undefined) return null;
  pattern.lastIndex = nameStart;
  const { value = '', rest = '' } = pattern.exec(text)?.groups ?? {};
  const end = nameStart - rest.length;
  return value === '' || end - value.length < from ? null : { start: end - value.length, end, isQuoted: true };
}

/** Which of the patterns that look back may end at a name: a sign stands before it, or the mark of a comment. */
function backwardAt(text: string, nameStart: number): 0 | 1 | null {
  let at = nameStart;
  while (nameStart - at < maxMarks && isMark(text.charCodeAt(at - 1))) at -= 1;
  while (nameStart - at < maxBlanks && isBlank(text.charCodeAt(at - 1))) at -= 1;
  const before = text[at - 1] ?? '';
  if (before === ':' || before === '=') return 0;
  return before === '#' || before === '/' || before === '-' ? 1 : null;
}
