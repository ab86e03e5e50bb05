import { InvalidArgumentError } from 'commander';

/** Whole seconds from 1, as an option's value. */
export function parseSeconds(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Give whole seconds, such as 600.');
  return Number(text);
}

/** How many at once, from 1 to 32, as an option's value. */
export function parseParallel(text: string): number {
  const number = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > 32) throw new InvalidArgumentError('Give a number from 1 to 32.');
  return number;
}
