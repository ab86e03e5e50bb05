import { expect, test } from 'vitest';
import { createGuesses } from '#control-plane/admission/guesses.ts';

test('ten wrong guesses shut an address out for ten minutes, and no other', () => {
  let now = 0;
  const guesses = createGuesses(() => now);
  const told = Array.from({ length: 10 }, () => guesses.note('192.0.2.1'));

  expect(told).toEqual([...Array.from({ length: 9 }, () => false), true]);
  expect(guesses.waitMs('192.0.2.1')).toBe(600_000);
  expect(guesses.waitMs('192.0.2.2')).toBe(0);
  now = 600_000;
  expect(guesses.waitMs('192.0.2.1')).toBe(0);
});

test('guesses that are far apart are forgotten', () => {
  let now = 0;
  const guesses = createGuesses(() => now);
  for (let count = 0; count < 100; count += 1) {
    guesses.note('192.0.2.1');
    now += 300_000;
  }

  expect(guesses.waitMs('192.0.2.1')).toBe(0);
});

test('many addresses do not fill the memory, and the one that guesses now is not forgotten', () => {
  const guesses = createGuesses(() => 0);
  for (let count = 0; count < 10; count += 1) guesses.note('the one');
  for (let count = 0; count < 9_999; count += 1) guesses.note(`other ${count}`);

  expect(guesses.waitMs('the one')).toBeGreaterThan(0);
});
