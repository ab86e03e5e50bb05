import { bigOf, digitsOf, fixedDigits } from '../big-float.ts';
import { numberText, toBool, toNumeral, toText } from '../convert.ts';
import { Mistake, Untold } from '../mistake.ts';
import { isExact, unknown, type Value } from '../value.ts';
import { encodeJson } from './json.ts';

const verb = /%(?:(%)|([-+ 0#]*)(\d+)?(?:\.(\d+))?(?:\[([1-9]\d*)\])?([a-zA-Z])|)/g;
const maxWidth = 10_000;

/** Go's verbs, as far as terraform's `format` has them; unknown where it is for a null. @throws Mistake */
export function format(pattern: string, args: readonly Value[]): Value {
  let next = 0;
  let used = 0;
  let isNull = false;
  const text = pattern.replaceAll(verb, (_, percent: string | undefined, flags = '', width?: string, precision?: string, position?: string, letter?: string) => {
    if (percent !== undefined) return '%';
    if (letter === undefined) throw new Mistake('the format has a verb that is none');
    if (position !== undefined) next = Number(position) - 1;
    const value = args[next];
    next += 1;
    used = Math.max(used, next);
    if (value === undefined) throw new Mistake('format has fewer arguments than verbs');
    isNull ||= value === null;
    return value === null ? '' : pad(write(letter, value, String(flags), precision), letter, String(flags), Number(width ?? 0));
  });
  if (used < args.length) throw new Mistake('format has more arguments than verbs');
  return isNull ? unknown('how terraform writes a null is not decided here') : text;
}

function write(letter: string, value: Value, flags: string, precision: string | undefined): string {
  switch (letter) {
    case 's':
      return cut(toText(value), precision);
    case 'v':
      return plainly(value, flags);
    case 'q':
      return JSON.stringify(cut(toText(value), precision));
    case 't':
      return String(toBool(value));
    case 'd':
      return signed(whole(value).toString(), flags);
    case 'f':
    case 'F':
      return signed(fixed(toNumeral(value), Number(precision ?? 6)), flags);
    case 'e':
    case 'E':
    case 'g':
    case 'G':
      return signed(cased(letter, scientific(letter, toNumeral(value), precision)), flags);
    case 'b':
    case 'o':
    case 'x':
    case 'X':
      return signed(inBase(letter, whole(value), flags), flags);
    default:
      throw new Mistake(`there is no verb %${letter}`);
  }
}

/** `%v`: numbers as `%g` has them, lists and maps as JSON. */
function plainly(value: Value, flags: string): string {
  if (flags.includes('#') || (typeof value === 'object' && !isExact(value))) return encodeJson(value);
  return typeof value === 'number' || isExact(value) ? scientific('g', numberText(value), undefined) : toText(value);
}

function cased(letter: string, text: string): string {
  return letter === 'E' || letter === 'G' ? text.toUpperCase() : text;
}

/** By characters as people see them. */
function cut(text: string, precision: string | undefined): string {
  if (precision === undefined) return text;
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].slice(0, Number(precision)).map(({ segment }) => segment).join('');
}

function fixed(digits: string, places: number): string {
  if (places > 500) throw new Untold('so many digits are not written here');
  return fixedDigits(bigOf(digits), places);
}

/** `%e` and `%g`: the latter writes an exponent only where it is large, and as few digits as tell the number. */
function scientific(letter: string, numeral: string, precision: string | undefined): string {
  const isShort = letter === 'g' || letter === 'G';
  const asked = precision === undefined ? undefined : Number(precision);
  if (asked !== undefined && asked > 15) throw new Untold('so many digits are not written here');
  const value = Number(numeral);
  if (numeral !== '0' && digitsOf(bigOf(numeral)).replaceAll(/[-.]/g, '').replaceAll(/^0+|0+$/g, '').length > 15) throw new Untold('so many digits are not written here');
  if (!isShort) return exponentOf(value.toExponential(asked ?? 6));
  const places = asked === undefined ? undefined : Math.max(asked, 1);
  const text = value.toExponential(places === undefined ? undefined : places - 1);
  const power = Number(text.slice(text.indexOf('e') + 1));
  const trimmed = text.replace(/(\.\d*?)0+e/, '$1e').replace('.e', 'e');
  const isLarge = power < -4 || power >= (places ?? 6);
  return isLarge ? exponentOf(trimmed) : digitsOf(bigOf(trimmed));
}

/** Go writes two digits of exponent at least. */
function exponentOf(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

function whole(value: Value): bigint {
  const digits = digitsOf(bigOf(toNumeral(value)));
  if (digits.includes('.')) throw new Mistake('a whole number is needed');
  return BigInt(digits);
}

const bases: Readonly<Record<string, readonly [radix: number, prefix: string]>> = { b: [2, '0b'], o: [8, '0'], x: [16, '0x'], X: [16, '0X'] };

function inBase(letter: string, value: bigint, flags: string): string {
  const [radix, prefix] = bases[letter] ?? [10, ''];
  const digits = (value < 0n ? -value : value).toString(radix);
  return `${value < 0n ? '-' : ''}${flags.includes('#') ? prefix : ''}${letter === 'X' ? digits.toUpperCase() : digits}`;
}

function signed(text: string, flags: string): string {
  if (text.startsWith('-')) return text;
  return `${flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''}${text}`;
}

/** Truth values are as long as they are. */
function pad(text: string, letter: string, flags: string, width: number): string {
  if (width > maxWidth) throw new Mistake('the width is out of range');
  if (letter === 't') return text;
  const missing = ' '.repeat(Math.max(0, width - [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].length));
  if (flags.includes('-')) return text + missing;
  if (!flags.includes('0')) return missing + text;
  const sign = /^[-+ ]?/.exec(text)?.[0] ?? '';
  return sign + missing.replaceAll(' ', '0') + text.slice(sign.length);
}
