import { Fault } from '#proto/domain/fault.ts';

/** @throws Fault `usage`, naming the option. */
export function parseCount(text: string, option: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Fault('usage', { option, given: text, expected: 'a number from 1' });
  return Number(text);
}
