/** A string of JSON without its escapes, with the way back to where each character stands. */
export interface EscapedText {
  readonly text: string;
  /** Where the string ends, with its quote. */
  readonly end: number;
  /** From an offset in `text` to one in the text around. */
  offset(inner: number): number;
}

/** A string longer than this is not opened: 8 Mi characters. */
const maxLength = 8 * 1024 * 1024;

const simple: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The string around `at`, where an escaped quote before or after the word says that there is JSON inside it; else null. */
export function readEscaped(text: string, at: number): EscapedText | null {
  const near = text.slice(Math.max(0, at - 2), at + 64);
  if (!/^.{0,2}?\\"|^[^"\n]{0,66}\\"/.test(near)) return null;
  const open = plainQuoteBefore(text, at);
  if (open === null) return null;
  let inner = '';
  const offsets: number[] = [];
  let from = open + 1;
  for (;;) {
    if (from >= text.length || from - open > maxLength) return null;
    const character = text[from] ?? '';
    if (character === '"') break;
    offsets.push(from);
    if (character !== '\\') {
      inner += character;
      from += 1;
      continue;
    }
    const next = text[from + 1] ?? '';
    const code = next === 'u' ? Number.parseInt(text.slice(from + 2, from + 6), 16) : Number.NaN;
    inner += Number.isNaN(code) ? (simple[next] ?? next) : String.fromCharCode(code);
    from += Number.isNaN(code) ? 2 : 6;
  }
  offsets.push(from);
  const close = from;
  return { text: inner, end: close + 1, offset: (index) => offsets[index] ?? close };
}

function plainQuoteBefore(text: string, at: number): number | null {
  for (let quote = text.lastIndexOf('"', at); quote >= 0 && at - quote < maxLength; quote = text.lastIndexOf('"', quote - 1)) {
    if (text[quote - 1] !== '\\') return quote;
    if (quote === 0) break;
  }
  return null;
}
