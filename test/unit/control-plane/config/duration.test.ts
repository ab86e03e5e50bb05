import { expect, test } from 'vitest';
import { parseDuration } from '#control-plane/config/duration.ts';

test.each([
  ['90s', 90],
  ['30m', 1_800],
  ['1h', 3_600],
  ['7d', 604_800],
])('%s is %i seconds', (text, seconds) => {
  expect(parseDuration(text, '--ttl')).toBe(seconds);
});

test.each(['', '1', 'h', '1.5h', '-1h', '1 h', '1w', '1toString', '9999999d'])('%j is refused', (text) => {
  expect(() => parseDuration(text, '--ttl')).toThrow(expect.objectContaining({ code: 'usage' }));
});
