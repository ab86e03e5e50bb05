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

const backward = [
  // {"value": "…", "name": "DB_PASSWORD"}
  new RegExp(`${valueName}[:=]\\s{0,8}(\\\\{0,7}["'])(?<value>[^"'\\\\\\n]{1,400})\\1\\s{0,4},\\s{0,40}(?:${other}\\s{0,4},\\s{0,40}){0,2}\\\\{0,7}["']?(?:name|key|Name|Key|OutputKey|ParameterKey)\\\\{0,7}["']?\\s{0,4}[:=]\\s{0,4}\\\\{0,7}["']?$`, 'd'),
  // value = "…"  # DB_PASSWORD
  new RegExp(`${valueName}[:=]\\s{0,8}(["'])(?<value>[^"'\\n]{1,400})\\1\\s{0,8}(?:#|//|--)\\s{0,4}$`, 'd'),
] as const;

/** Reads the values beside names that themselves stand as values, in one text and in rising order. */
export function readSiblings(text: string): { of(nameStart: number, nameEnd: number): ReadValue | null } {
  const keys = new RegExp(valueKey, 'g');
  const lastKeys: number[] = [];
  let nextKey = -1;
  return { of };

  function of(nameStart: number, nameEnd: number): ReadValue | null {
    findKeys(nameStart);
    return valueAfter(text, { nameStart, nameEnd, hasKey: nextKey - nameEnd < reachAhead }) ?? valueBefore(text, nameStart, Math.max(lastKeys[0] ?? nameStart, nameStart - reach));
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

function valueAfter(text: string, { nameStart, nameEnd, hasKey }: { readonly nameStart: number; readonly nameEnd: number; readonly hasKey: boolean }): ReadValue | null {
  mayFollow.lastIndex = nameEnd;
  if (!mayFollow.test(text)) return null;
  if (/(?:resource|data|module|provider)\s+"[^"\n]{0,80}"\s+"$/.test(text.slice(Math.max(0, nameStart - 120), nameStart))) return null; // an HCL label
  const after = text.slice(nameEnd, nameEnd + reachAhead);
  for (const [index, pattern] of forward.entries()) {
    if (!hasKey && index < firstTagged) continue;
    const match = pattern.exec(after);
    if (match === null) continue;
    const at = nameEnd + match[0].length;
    if (match[0].endsWith('>')) return { start: at, end: text.indexOf('<', at), isQuoted: true };
    return readValue(text, at);
  }
  return null;
}

/** What must stand right before the name, for each of the patterns that look back. */
const precedes = [/,\s{0,40}\\{0,7}["']?(?:name|key|Name|Key|OutputKey|ParameterKey)\\{0,7}["']?\s{0,4}[:=]\s{0,4}\\{0,7}["']?$/, /["']\s{0,8}(?:#|\/\/|--)\s{0,4}$/] as const;

function valueBefore(text: string, nameStart: number, from: number): ReadValue | null {
  if (from >= nameStart) return null;
  const near = text.slice(Math.max(0, nameStart - 96), nameStart);
  for (const [index, pattern] of backward.entries()) {
    if (precedes[index]?.test(near) !== true) continue;
    const before = text.slice(Math.max(0, from - 8), nameStart);
    const span = pattern.exec(before)?.indices?.groups?.['value'];
    if (span !== undefined) return { start: Math.max(0, from - 8) + span[0], end: Math.max(0, from - 8) + span[1], isQuoted: true };
  }
  return null;
}
