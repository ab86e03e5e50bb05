import { isExact as isExactNumber } from '../../source/exact-number.ts';
import { type BigFloat, bigOf, digitsOf } from './big-float.ts';
import { Mistake, Untold } from './mistake.ts';
import { type Exact, isExact, isList, isMap, isSet, kindOf, members, type Value } from './value.ts';

/** A number out of the digits of a literal or a text; what a double cannot hold stays digits. */
export function numberOf(digits: string): Value {
  const value = Number(digits);
  return isExactNumber(digits, value) ? value : exactNumber(digitsOf(bigOf(digits)));
}

/** The number again, or its digits where a double does not hold them. */
function exactNumber(digits: string): Value {
  const value = Number(digits);
  return isExactNumber(digits, value) ? value : { kind: 'exact', digits };
}

/** What came of a calculation. */
export function fromBig(big: BigFloat): Value {
  const found = exactNumber(digitsOf(big));
  return found === 0 ? 0 : found;
}

/** A number, or the text of one, to be calculated with. @throws Mistake */
export function toBig(value: Value): BigFloat {
  return bigOf(toNumeral(value));
}

/** The digits of a number, or of the text of one. @throws Mistake */
export function toNumeral(value: Value): string {
  const converted = typeof value === 'string' ? textToNumber(value) : value;
  if (typeof converted === 'number' || isExact(converted)) return numberText(converted);
  throw new Mistake(`a number is needed, not ${describe(value)}`);
}

/** A number as it is written, without exponent. */
export function numberText(value: number | Exact): string {
  return typeof value === 'number' ? plainDigits(String(value)) : value.digits;
}

/**
 * Converts as terraform does where a text is asked for.
 * @throws Mistake for lists, maps and null
 */
export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || isExact(value)) return numberText(value);
  if (typeof value === 'boolean') return String(value);
  throw new Mistake(`a text is needed, not ${describe(value)}`);
}

/** @throws Mistake for what is no number */
export function toNumber(value: Value): number {
  const converted = typeof value === 'string' ? textToNumber(value) : value;
  if (typeof converted === 'number') return converted;
  if (isExact(converted)) throw new Untold('the number is too long to be calculated with here');
  throw new Mistake(`a number is needed, not ${describe(value)}`);
}

/** A text as a number, exact ones included. @throws Mistake */
export function textToNumber(text: string): Value {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) throw new Mistake('a number is needed, not such a text');
  return numberOf(text);
}

/** @throws Mistake for what is neither true nor false */
export function toBool(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  throw new Mistake(`true or false is needed, not ${describe(value)}`);
}

/** @throws Mistake for what has no members */
export function toList(value: Value): readonly Value[] {
  const found = members(value);
  if (found === undefined) throw new Mistake(`a list is needed, not ${describe(value)}`);
  return found;
}

/** @throws Mistake for what has no keys */
export function toMap(value: Value): ReadonlyMap<string, Value> {
  if (isMap(value)) return value;
  throw new Mistake(`a map is needed, not ${describe(value)}`);
}

/** The order in which terraform goes through a set. */
export function compareMembers([a, left]: readonly [string, Value], [b, right]: readonly [string, Value]): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return a < b ? -1 : 1;
}

/** One text for each value: equal values have equal texts, whatever the order of keys and set members. */
export function canonical(value: Value): string {
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  if (isSet(value)) return `<${value.items.map(canonical).sort().join(',')}>`;
  if (isMap(value)) return `{${[...value].map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).sort().join(',')}}`;
  if (isExact(value)) return `#${value.digits}`;
  return typeof value === 'number' ? `#${plainDigits(String(value))}` : JSON.stringify(value);
}

/** Whether two values hold the same; lists and tuples are not told apart, nor are maps and objects. Both must be known. */
export function equal(a: Value, b: Value): boolean {
  return canonical(a) === canonical(b);
}

/** What a value is, for people. Never the value itself. */
export function describe(value: Value): string {
  if (value === null) return 'null';
  if (isList(value)) return 'a list';
  if (isMap(value)) return 'an object';
  return kindOf(value) ?? typeof value;
}

/** `1e-7` as `0.0000001`: terraform never writes exponents. */
export function plainDigits(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent] = /^(-?)(\d*)(?:\.(\d*))?[eE]([+-]?\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const point = whole.length + Number(exponent);
  if (Math.abs(point) > 1_000) throw new Untold('a number with so large an exponent cannot be written here');
  const digits = `${whole}${fraction}`;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`.replace(/\.?0+$/, '');
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`.replace(/\.?0+$/, '');
}
