import { toNumber } from '../convert.ts';
import { Mistake } from '../mistake.ts';
import type { Value } from '../value.ts';

/** An argument that counts something. @throws Mistake for a fraction */
export function whole(value: Value | undefined): number {
  const number = toNumber(value ?? null);
  if (!Number.isInteger(number)) throw new Mistake('a whole number is needed');
  return number;
}
