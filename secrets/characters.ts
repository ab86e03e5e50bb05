/** Kinds of characters, as bits: which of them a text has tells in one walk which patterns it cannot match. */
export const lower = 1;
export const upper = 2;
export const digit = 4;
export const underscore = 8;
export const dot = 16;
export const dash = 32;
export const colon = 64;
export const at = 128;
export const slash = 256;
export const backslash = 512;
/** `$ { } < # %`, which templates begin with. */
export const template = 1024;
/** `( [`. */
export const bracket = 2048;
export const blank = 4096;
/** All else, and whatever is not ASCII. */
export const other = 8192;

const letters = lower | upper;

/** The kind of each ASCII character. */
const kindOfCode = Int16Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z]/.test(character)) return lower;
  if (/[A-Z]/.test(character)) return upper;
  if (/\d/.test(character)) return digit;
  if (/\s/.test(character)) return blank;
  const marks: Readonly<Record<string, number>> = { _: underscore, '.': dot, '-': dash, ':': colon, '@': at, '/': slash, '\\': backslash, '(': bracket, '[': bracket };
  return marks[character] ?? ('${}<#%'.includes(character) ? template : other);
});

/** The kind of a character by its code; 0 before the beginning and behind the end of a text. */
export function kindOf(code: number): number {
  if (code < 128) return kindOfCode[code] ?? 0;
  if (code >= 128) return other | blank; // may be a blank
  return 0;
}

/** The kinds of all characters of a text together. */
export function kindsOf(text: string): number {
  let kinds = 0;
  for (let index = 0; index < text.length; index += 1) kinds |= kindOf(text.charCodeAt(index));
  return kinds;
}

/** `\w`. */
export function isWord(code: number): boolean {
  return (kindOf(code) & (letters | digit | underscore)) !== 0 && code < 128;
}

export function isAlphanumeric(code: number): boolean {
  return (kindOf(code) & (letters | digit)) !== 0;
}

/** `\s`. */
export function isBlank(code: number): boolean {
  if (code < 128) return kindOfCode[code] === blank;
  return code >= 160 && /\s/.test(String.fromCharCode(code));
}

/** True for `"`, `'` and the backtick. */
export function isQuote(code: number): boolean {
  return code === 34 || code === 39 || code === 96;
}
