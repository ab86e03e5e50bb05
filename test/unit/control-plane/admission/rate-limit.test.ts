import { expect, test } from 'vitest';
import { createRateLimit } from '#control-plane/admission/rate-limit.ts';

test('what was used comes back with time, and never more than two seconds of it', () => {
  let now = 0;
  const take = createRateLimit({ perSecond: 2, now: () => now });

  expect([1, 2, 3, 4, 5].map(() => take('a'))).toEqual([0, 0, 0, 0, 500]);
  now = 1_000;
  expect([1, 2, 3].map(() => take('a') > 0)).toEqual([false, false, true]);
  now = 3_600_000;
  expect([1, 2, 3, 4, 5].map(() => take('a') > 0)).toEqual([false, false, false, false, true]);
});

test('one address does not use up what another may', () => {
  const take = createRateLimit({ perSecond: 1, now: () => 0 });
  for (let index = 0; index < 10; index += 1) take('greedy');

  expect(take('modest')).toBe(0);
});

test('a flood of addresses is forgotten from its oldest end', () => {
  const take = createRateLimit({ perSecond: 1, now: () => 0 });
  take('first');
  take('first');
  expect(take('first')).toBeGreaterThan(0);

  for (let index = 0; index < 10_000; index += 1) take(`address-${index}`);

  expect(take('first')).toBe(0);
});
