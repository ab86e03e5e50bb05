import { toList, toNumber, toText } from '../convert.ts';
import { Mistake } from '../mistake.ts';
import { applyBinary } from '../operators.ts';
import { unknown, type Value } from '../value.ts';
import { many, type FunctionTable } from './rule.ts';

export const numberFunctions: FunctionTable = {
  abs: { takes: [1, 1], run: ([value]) => Math.abs(num(value)) },
  ceil: { takes: [1, 1], run: ([value]) => Math.ceil(num(value)) },
  floor: { takes: [1, 1], run: ([value]) => Math.floor(num(value)) },
  max: { takes: [1, many], run: (values) => Math.max(...values.slice(0, 10_000).map(toNumber)) },
  min: { takes: [1, many], run: (values) => Math.min(...values.slice(0, 10_000).map(toNumber)) },
  signum: { takes: [1, 1], run: ([value]) => Math.sign(num(value)) },
  pow: { takes: [2, 2], run: ([base, exponent]) => safe(num(base) ** num(exponent)) },
  log: { takes: [2, 2], run: ([value, base]) => safe(Math.log(num(value)) / Math.log(num(base))) },
  parseint: { takes: [2, 2], run: ([text, base]) => parse(toText(text ?? null), num(base)) },
  sum: { takes: [1, 1], run: ([list]) => total(toList(list ?? null)) },
};

function num(value: Value | undefined): number {
  return toNumber(value ?? null);
}

function safe(value: number): Value {
  return Number.isSafeInteger(value) ? value : unknown('the result has more digits than are kept here');
}

function parse(text: string, base: number): Value {
  if (base < 2 || base > 36 || !/^-?[0-9a-z]+$/i.test(text)) throw new Mistake('the text is no number of that base');
  const value = Number.parseInt(text, base);
  if (value.toString(base) !== text.toLowerCase().replace(/^(-?)0+(?=.)/, '$1')) throw new Mistake('the text is no number of that base');
  return value;
}

function total(values: readonly Value[]): Value {
  if (values.length === 0) throw new Mistake('there is nothing to sum up');
  return values.reduce((sum, value) => applyBinary('+', sum, value), 0);
}
