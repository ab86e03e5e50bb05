import { InvalidArgumentError } from 'commander';

/** Whole seconds from 1, as an option's value. */
export function parseSeconds(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Give whole seconds, such as 600.');
  return Number(text);
}
