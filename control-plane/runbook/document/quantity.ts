import { z } from 'zod';

const factors: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** `30s`, `5m`, `1h`, in milliseconds. */
export const Duration = quantity('ms|s|m|h', 'a time: 30s, 5m, 1h');
/** `256MiB`, in bytes. */
export const Size = quantity('KiB|MiB|GiB', 'a size: 64KiB, 256MiB, 1GiB');

function quantity(units: string, hint: string) {
  const shape = new RegExp(`^(\\d{1,6})(${units})$`);
  return z
    .string(hint)
    .regex(shape, hint)
    .transform((text) => {
      const [, number, unit] = shape.exec(text) ?? [];
      return Number(number) * (factors[unit ?? ''] ?? Number.NaN);
    })
    .pipe(z.number().int().positive());
}
