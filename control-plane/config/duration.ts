import { Fault } from '#proto/domain/fault.ts';

const seconds = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/**
 * Seconds of `90s`, `30m`, `1h` or `7d`.
 * @throws Fault `usage`, naming the option.
 */
export function parseDuration(text: string, option: string): number {
  const [, digits, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (digits === undefined || !isUnit(unit)) throw new Fault('usage', { option, given: text, expected: '30m, 1h or 7d' });
  return Number(digits) * seconds[unit];
}

function isUnit(text: string | undefined): text is keyof typeof seconds {
  return text !== undefined && Object.hasOwn(seconds, text);
}
