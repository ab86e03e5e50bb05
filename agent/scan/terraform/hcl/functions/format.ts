import { plainDigits, toBool, toNumber, toText } from '../convert.ts';
import { Mistake } from '../mistake.ts';
import type { Value } from '../value.ts';
import { encodeJson } from './json.ts';

const verb = /%(?:(%)|([-+ 0#]*)(\d+)?(?:\.(\d+))?(?:\[(\d+)\])?([a-zA-Z]))/g;
const maxWidth = 10_000;

/** Go's verbs, as far as terraform's `format` has them. @throws Mistake */
export function format(pattern: string, args: readonly Value[]): string {
  let next = 0;
  return pattern.replaceAll(verb, (_, percent: string | undefined, flags = '', width?: string, precision?: string, position?: string, letter = '') => {
    if (percent !== undefined) return '%';
    if (position !== undefined) next = Number(position) - 1;
    const value = args[next];
    next += 1;
    if (value === undefined) throw new Mistake('format has fewer arguments than verbs');
    return pad(write(letter, value, String(flags), precision), String(flags), Number(width ?? 0));
  });
}

function write(letter: string, value: Value, flags: string, precision: string | undefined): string {
  switch (letter) {
    case 's':
      return cut(toText(value), precision);
    case 'v':
      return flags.includes('#') || (typeof value === 'object') ? encodeJson(value) : toText(value);
    case 'q':
      return JSON.stringify(toText(value));
    case 't':
      return String(toBool(value));
    case 'd':
      return signed(toNumber(value), flags, (size) => plainDigits(String(Math.trunc(size))));
    case 'f':
      return signed(toNumber(value), flags, (size) => fixed(size, Number(precision ?? 6)));
    case 'b':
      return signed(toNumber(value), flags, (size) => whole(size).toString(2));
    case 'o':
      return signed(toNumber(value), flags, (size) => whole(size).toString(8));
    case 'x':
      return typeof value === 'string' ? Buffer.from(value).toString('hex') : signed(toNumber(value), flags, (size) => whole(size).toString(16));
    case 'X':
      return write('x', value, flags, precision).toUpperCase();
    default:
      throw new Mistake(`the verb %${letter} is not evaluated here`);
  }
}

function cut(text: string, precision: string | undefined): string {
  return precision === undefined ? text : Array.from(text).slice(0, Number(precision)).join('');
}

function fixed(size: number, digits: number): string {
  if (digits > 100 || size >= 1e21) throw new Mistake('the number is too long to be written here');
  return size.toFixed(digits);
}

function whole(size: number): bigint {
  if (!Number.isInteger(size)) throw new Mistake('a whole number is needed');
  return BigInt(size);
}

function signed(value: number, flags: string, digits: (size: number) => string): string {
  const sign = value < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  return sign + digits(Math.abs(value));
}

function pad(text: string, flags: string, width: number): string {
  if (width > maxWidth) throw new Mistake('the width is out of range');
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0')) return text.padStart(width);
  const sign = /^[-+ ]?/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}
