import { type BigFloat, compare, floor, negate } from '../big-float.ts';
import { fromBig, numberOf, toBig, toList, toNumber } from '../convert.ts';
import { Mistake } from '../mistake.ts';
import { applyBinary } from '../operators.ts';
import { unknown, type Value } from '../value.ts';
import { many, type FunctionTable } from './rule.ts';
import { whole } from './whole.ts';

export const numberFunctions: FunctionTable = {
  abs: { takes: [1, 1], run: ([value]) => fromBig(absolute(big(value))) },
  ceil: { takes: [1, 1], run: ([value]) => fromBig(negate(floor(negate(big(value))))) },
  floor: { takes: [1, 1], run: ([value]) => fromBig(floor(big(value))) },
  max: { takes: [1, many], run: (values) => extreme(values, 1) },
  min: { takes: [1, many], run: (values) => extreme(values, -1) },
  signum: { takes: [1, 1], run: ([value]) => Math.sign(whole(value)) },
  pow: { takes: [2, 2], run: ([base, exponent]) => safe(num(base) ** num(exponent)) },
  log: { takes: [2, 2], run: ([value, base]) => safe(Math.log(num(value)) / Math.log(num(base))) },
  parseint: { takes: [2, 2], run: ([text = null, base]) => parse(text, whole(base)) },
  sum: { takes: [1, 1], run: ([list]) => total(toList(list ?? null)) },
};

function big(value: Value | undefined): BigFloat {
  return toBig(value ?? null);
}

function num(value: Value | undefined): number {
  return toNumber(value ?? null);
}

function absolute(value: BigFloat): BigFloat {
  return value.mantissa < 0n ? negate(value) : value;
}

function extreme(values: readonly Value[], direction: 1 | -1): Value {
  const numbers = values.map(toBig);
  return fromBig(numbers.reduce((best, each) => (compare(each, best) === direction ? each : best)));
}

function safe(value: number): Value {
  return Number.isSafeInteger(value) ? value : unknown('the result has more digits than are kept here');
}

const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Up to base 36 both cases are the same. */
function parse(text: Value, base: number): Value {
  if (typeof text !== 'string' || base < 2 || base > 62) throw new Mistake('a text and a base from 2 to 62 are needed');
  const [, sign, body = ''] = /^([+-]?)(.+)$/.exec(text) ?? [];
  let sum = 0n;
  for (const sign of base > 36 ? body : body.toLowerCase()) {
    const digit = digits.indexOf(sign);
    if (digit < 0 || digit >= base) throw new Mistake('the text is no number of that base');
    sum = sum * BigInt(base) + BigInt(digit);
  }
  if (body === '') throw new Mistake('the text is no number of that base');
  return numberOf(String(sign === '-' ? -sum : sum));
}

function total(values: readonly Value[]): Value {
  if (values.length === 0) throw new Mistake('there is nothing to sum up');
  return values.reduce((sum, value) => applyBinary('+', sum, value), 0);
}
