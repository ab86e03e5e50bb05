import { z } from 'zod';

const milliseconds = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const bytes = { B: 1, KiB: 1_024, MiB: 1_024 ** 2, GiB: 1_024 ** 3 } as const;

/** `90s`, `15m`, `6h` or `1d`, as milliseconds. */
export const Duration = quantity(milliseconds, 'a duration such as 90s, 15m or 6h');

/** `512KiB`, `256MiB` or `2GiB`, or a bare number of bytes. */
export const ByteSize = z.union([z.int().positive(), quantity(bytes, 'a size such as 512KiB, 256MiB or 2GiB')]);

function quantity(units: Readonly<Record<string, number>>, expected: string) {
  return z.string(`expected ${expected}`).transform((text, context) => {
    const [, digits, unit] = /^(\d{1,9})([A-Za-z]+)$/.exec(text) ?? [];
    const size = unit !== undefined && Object.hasOwn(units, unit) ? units[unit] : undefined;
    const value = Number(digits) * (size ?? Number.NaN);
    if (Number.isSafeInteger(value) && value > 0) return value;
    context.addIssue({ code: 'custom', message: `expected ${expected}` });
    return z.NEVER;
  });
}
