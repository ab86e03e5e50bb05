import { expect, test } from 'vitest';
import { programsAtOnce } from '#agent/cli/scan/programs-at-once.ts';

const gibibyte = 1024 ** 3;

test.each([
  ['one, where there is hardly room for one', 8, 0.5, 1],
  ['as many as there is memory for', 8, 6.5, 3],
  ['as many as there are cores', 2, 64, 2],
  ['four at most, since clouds count requests', 32, 256, 4],
])('%s', (_, cores, memory, expected) => {
  expect(programsAtOnce(cores, memory * gibibyte)).toBe(expected);
});
