import { Untold } from './mistake.ts';

/** A number as terraform calculates with it: `mantissa * 2 ** exponent`, the mantissa of at most 512 bits. */
export interface BigFloat {
  readonly mantissa: bigint;
  readonly exponent: number;
}

const precision = 512;
/** Powers of ten beyond this are not calculated with. */
const maxPower = 1_000;
/** Nor are powers of two: a local that squares another can be squared again, and again. */
const maxExponent = 20_000;

/** The number that digits stand for: `-12.5e3`. */
export function bigOf(digits: string): BigFloat {
  const [, sign = '', whole = '', fraction = '', power = '0'] = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(digits) ?? [];
  const scale = Number(power) - fraction.length;
  if (Math.abs(scale) > maxPower || whole.length > maxPower) throw new Untold('a number so large or small is not calculated with here');
  const all = BigInt(`${whole}${fraction}` || '0') * (sign === '-' ? -1n : 1n);
  return scale >= 0 ? rounded(all * 10n ** BigInt(scale), 0) : quotient(all, 10n ** BigInt(-scale), 0);
}

/** The fewest digits that stand for this number and no other, without exponent. */
export function digitsOf({ mantissa, exponent }: BigFloat): string {
  if (exponent >= 0) return wholeDigits(mantissa << BigInt(exponent));
  const divisor = 1n << BigInt(-exponent);
  if (mantissa % divisor === 0n) return wholeDigits(mantissa / divisor);
  for (let places = 1; places <= 2 * precision; places += 1) {
    const found = rationalDigits(mantissa, divisor, places).replace(/\.?0+$/, '');
    if (compare(bigOf(found), { mantissa, exponent }) === 0) return found;
  }
  throw new Untold('the number has more digits than are written here');
}

function wholeDigits(value: bigint): string {
  if (bitLength(value) > precision) throw new Untold('a number so large is not written here');
  return String(value);
}

/** With a number of decimal places, half to even. */
export function fixedDigits({ mantissa, exponent }: BigFloat, places: number): string {
  return exponent >= 0 ? rationalDigits(mantissa << BigInt(exponent), 1n, places) : rationalDigits(mantissa, 1n << BigInt(-exponent), places);
}

export function add(a: BigFloat, b: BigFloat): BigFloat {
  const exponent = Math.min(a.exponent, b.exponent);
  return rounded(shifted(a, exponent) + shifted(b, exponent), exponent);
}

export function negate({ mantissa, exponent }: BigFloat): BigFloat {
  return { mantissa: -mantissa, exponent };
}

export function multiply(a: BigFloat, b: BigFloat): BigFloat {
  return rounded(a.mantissa * b.mantissa, a.exponent + b.exponent);
}

/** The divisor is not zero. */
export function divide(a: BigFloat, b: BigFloat): BigFloat {
  return quotient(a.mantissa, b.mantissa, a.exponent - b.exponent);
}

/** What is left of `a` after the whole part of the quotient is taken away, as terraform's `%` has it. */
export function remainder(a: BigFloat, b: BigFloat): BigFloat {
  const { mantissa, exponent } = divide(a, b);
  const whole = exponent >= 0 ? mantissa << BigInt(exponent) : mantissa / (1n << BigInt(-exponent));
  return add(a, negate(multiply(b, rounded(whole, 0))));
}

/** Less than, equal to or greater than zero, as `a` is to `b`. */
export function compare(a: BigFloat, b: BigFloat): number {
  const { mantissa } = add(a, negate(b));
  return mantissa === 0n ? 0 : mantissa < 0n ? -1 : 1;
}

/** The greatest whole number that is not above. */
export function floor({ mantissa, exponent }: BigFloat): BigFloat {
  return exponent >= 0 ? { mantissa, exponent } : rounded(mantissa >> BigInt(-exponent), 0);
}

function shifted({ mantissa, exponent }: BigFloat, to: number): bigint {
  if (exponent - to > 10_000) throw new Untold('numbers so far apart are not added here');
  return mantissa << BigInt(exponent - to);
}

function quotient(dividend: bigint, divisor: bigint, exponent: number): BigFloat {
  const shift = Math.max(0, precision + 4 + bitLength(divisor) - bitLength(dividend));
  const scaled = (dividend < 0n ? -dividend : dividend) << BigInt(shift);
  const by = divisor < 0n ? -divisor : divisor;
  const sticky = scaled % by === 0n ? 0n : 1n;
  const size = ((scaled / by) << 1n) | sticky;
  return rounded(dividend < 0n === divisor < 0n ? size : -size, exponent - shift - 1);
}

/** Half to even, where there are more bits than are kept. */
function rounded(mantissa: bigint, exponent: number): BigFloat {
  if (mantissa !== 0n && Math.abs(exponent) > maxExponent) throw new Untold('a number so large or small is not calculated with here');
  const excess = bitLength(mantissa) - precision;
  if (excess <= 0) return { mantissa, exponent };
  const [kept, rest] = [mantissa < 0n ? -(-mantissa >> BigInt(excess)) : mantissa >> BigInt(excess), 1n << BigInt(excess - 1)];
  const lost = (mantissa < 0n ? -mantissa : mantissa) & ((1n << BigInt(excess)) - 1n);
  const up = lost > rest || (lost === rest && kept % 2n !== 0n);
  return { mantissa: up ? kept + (mantissa < 0n ? -1n : 1n) : kept, exponent: exponent + excess };
}

function bitLength(value: bigint): number {
  return (value < 0n ? -value : value).toString(2).length;
}

function rationalDigits(dividend: bigint, divisor: bigint, places: number): string {
  const scaled = (dividend < 0n ? -dividend : dividend) * 10n ** BigInt(places);
  const [whole, left] = [scaled / divisor, scaled % divisor];
  const up = left * 2n > divisor || (left * 2n === divisor && whole % 2n === 1n);
  const digits = String(up ? whole + 1n : whole).padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return dividend < 0n ? `-${text}` : text;
}
