import type { BinaryOperator } from './ast.ts';
import { add, compare, divide, multiply, negate, remainder } from './big-float.ts';
import { equal, fromBig, toBig, toBool } from './convert.ts';
import { Untold } from './mistake.ts';
import { sameType, typeOf } from './typed.ts';
import { reveal } from './reveal.ts';
import { findUnknown, isUnknown, sensitive, unknown, type Value } from './value.ts';

export function applyUnary(operator: '-' | '!', operand: Value): Value {
  return plainly([operand], ([value]) => {
    if (value === undefined || isUnknown(value)) return value ?? null;
    return operator === '!' ? !toBool(value) : fromBig(negate(toBig(value)));
  });
}

export function applyBinary(operator: BinaryOperator, left: Value, right: Value): Value {
  return plainly([left, right], ([a = null, b = null]) => {
    if (operator === '&&' || operator === '||') return logical(operator, a, b);
    const missing = findUnknown(a) ?? findUnknown(b);
    if (missing !== undefined) return missing.failed ? missing : unknown(missing.why);
    if (operator === '==') return equality(a, b);
    return operator === '!=' ? applyUnary('!', equality(a, b)) : calculate(operator, a, b);
  });
}

/** Values of different types differ, so `[]` is no empty list of texts. */
function equality(a: Value, b: Value): Value {
  if (!equal(a, b)) return false;
  return sameType(typeOf(a), typeOf(b)) ?? unknown('whether they are of one type cannot be told here');
}

/** Works on the values themselves; the result is as sensitive as what it is made of. */
function plainly(operands: readonly Value[], work: (values: readonly Value[]) => Value): Value {
  const revealed = operands.map(reveal);
  const result = work(revealed.map(({ value }) => value));
  return revealed.some(({ wasSensitive }) => wasSensitive) ? sensitive(result) : result;
}

/** One side can decide alone, even where the other is unknown. */
function logical(operator: '&&' | '||', a: Value, b: Value): Value {
  const decisive = operator === '||';
  for (const side of [a, b]) if (!isUnknown(side) && toBool(side) === decisive) return decisive;
  if (isUnknown(a)) return a;
  return isUnknown(b) ? b : !decisive;
}

/** Whole numbers as they are, anything else with the 512 bits that terraform calculates with. */
function calculate(operator: Exclude<BinaryOperator, '&&' | '||' | '==' | '!='>, left: Value, right: Value): Value {
  const quick = typeof left === 'number' && typeof right === 'number' ? calculateWhole(operator, left, right) : undefined;
  if (quick !== undefined) return quick;
  const [a, b] = [toBig(left), toBig(right)];
  switch (operator) {
    case '<':
      return compare(a, b) < 0;
    case '>':
      return compare(a, b) > 0;
    case '<=':
      return compare(a, b) <= 0;
    case '>=':
      return compare(a, b) >= 0;
    case '+':
      return fromBig(add(a, b));
    case '-':
      return fromBig(add(a, negate(b)));
    case '*':
      return fromBig(multiply(a, b));
    case '%':
      return b.mantissa === 0n ? fromBig(a) : fromBig(remainder(a, b));
    case '/':
      if (b.mantissa === 0n) throw new Untold('division by zero is infinite');
      return fromBig(divide(a, b));
  }
}

function calculateWhole(operator: BinaryOperator, a: number, b: number): Value | undefined {
  const found = operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : undefined;
  const isWhole = found !== undefined && [a, b, found].every(Number.isSafeInteger);
  return isWhole ? found + 0 : undefined;
}
