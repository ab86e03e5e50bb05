import { expect, test } from 'vitest';
import { relativeTime } from '#control-plane/cli/terminal/relative-time.ts';

const now = Date.parse('2026-01-02T12:00:00Z');

test.each([
  ['2026-01-02T12:00:00Z', 'just now'],
  ['2026-01-02T11:59:30Z', '30 s ago'],
  ['2026-01-02T11:00:01Z', '59 min ago'],
  ['2026-01-02T11:00:00Z', '1 h ago'],
  ['2025-12-31T12:00:00Z', '2 d ago'],
  ['2026-01-02T13:00:00Z', 'in 1 h'],
  ['2026-01-02T12:59:59.500Z', 'in 1 h'],
  ['2026-01-02T12:59:00Z', 'in 59 min'],
  [null, '–'],
  ['nonsense', '–'],
])('%s reads as %s', (moment, told) => {
  expect(relativeTime(moment, now)).toBe(told);
});
