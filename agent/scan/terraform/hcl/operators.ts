import type { BinaryOperator } from './ast.ts';
import { equal, toBool, toNumber } from './convert.ts';
import { Mistake } from './mistake.ts';
import { sameType, typeOf } from './typed.ts';
import { reveal } from './reveal.ts';
import { findUnknown, isUnknown, sensitive, unknown, type Value } from './value.ts';

export function applyUnary(operator: '-' | '!', operand: Value): Value {
  return plainly([operand], ([value]) => {
    if (value === undefined || isUnknown(value)) return value ?? null;
    return operator === '!' ? !toBool(value) : -toNumber(value);
  });
}

export function applyBinary(operator: BinaryOperator, left: Value, right: Value): Value {
  return plainly([left, right], ([a = null, b = null]) => {
    if (operator === '&&' || operator === '||') return logical(operator, a, b);
    const missing = findUnknown(a) ?? findUnknown(b);
    if (missing !== undefined) return missing.failed ? missing : unknown(missing.why);
    if (operator === '==') return equality(a, b);
    return operator === '!=' ? applyUnary('!', equality(a, b)) : calculate(operator, toNumber(a), toNumber(b));
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

function calculate(operator: Exclude<BinaryOperator, '&&' | '||' | '==' | '!='>, a: number, b: number): Value {
  switch (operator) {
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    case '+':
      return decimal(a + b);
    case '-':
      return decimal(a - b);
    case '*':
      return decimal(a * b);
    case '%':
      if (b === 0) throw new Mistake('division by zero');
      return decimal(a % b);
    case '/':
      return divide(a, b);
  }
}

function divide(a: number, b: number): Value {
  if (b === 0) throw new Mistake('division by zero');
  const result = decimal(a / b);
  const exact = typeof result === 'number' && (Number.isInteger(result) || decimal(result * b) === a);
  return exact ? result : unknown('the quotient has more digits than are kept here');
}

/** Terraform calculates in decimal: `0.1 + 0.2` is `0.3` there. Whole numbers beyond 2^53 are not guessed. */
function decimal(value: number): Value {
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  if (!Number.isFinite(value) || Number.isInteger(value)) return unknown('the number is too large to be calculated here');
  return Number(value.toPrecision(15));
}
