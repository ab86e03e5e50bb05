import type { Json } from '#proto/domain/json.ts';

/** What tends to break parsers, databases and loggers, as text. */
export const nastyTexts: readonly string[] = [
  '', ' ', '\0', 'a\0b', '\u202e', '\ud800', '\uffff', '%', '%00', '%2e%2e%2f', '../../etc/passwd', "'; drop table agent; --", '${7*7}', '{{x}}', '<script>',
  '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN', '-0', '1e309', '9007199254740993', '0x10', 'Infinity', '\r\nx: y', '\n'.repeat(50),
  '00000000-0000-0000-0000-000000000000', '00000000-0000-4000-8000-00000000000g', 'a'.repeat(300), 'é'.repeat(5_000), '🂡'.repeat(300), 'eyJ4IjoxfQ', '[', '{"', '2026-13-45T99:99:99Z',
];

/** Values of every JSON kind that no schema of ours takes for its own. */
export function nastyJson(random: () => number, depth = 0): Json {
  const roll = random();
  if (depth < 4 && roll < 0.15) return Array.from({ length: Math.floor(random() * 5) }, () => nastyJson(random, depth + 1));
  if (depth < 4 && roll < 0.3) return Object.fromEntries(Array.from({ length: Math.floor(random() * 5) }, () => [anyOf(nastyTexts, random), nastyJson(random, depth + 1)]));
  return anyOf<Json>([...nastyTexts, 0, -1, 1.5, 2 ** 53, -(2 ** 63), 1e308, true, false, null, [], {}], random);
}

export function anyOf<T>(from: readonly T[], random: () => number): T {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new RangeError('nothing to choose from');
  return chosen;
}
