import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineDiff } from '#agent/cli/format/human/line-diff.ts';

const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });

test('taking the right lines gives back either text', () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      fc.pre(before.join() !== after.join());
      const told = lineDiff(before, after, Infinity);

      expect(told.filter(({ sign }) => sign !== '+').map(({ text }) => text)).toEqual(before);
      expect(told.filter(({ sign }) => sign !== '-').map(({ text }) => text)).toEqual(after);
    }),
  );
});

test('equal texts differ in nothing', () => {
  fc.assert(fc.property(texts, (text) => lineDiff(text, text, 1).every(({ sign }) => sign === '…')));
});

test('only lines near a change are told', () => {
  const before = ['1', '2', '3', '4', '5', '6', '7'];

  const told = lineDiff(before, before.with(3, 'four'), 1);

  expect(told.map(({ sign, text }) => sign + text)).toEqual(['…', ' 3', '-4', '+four', ' 5', '…']);
});

test('beyond its bound it compares the heads and says that there is more', () => {
  const long = Array.from({ length: 1_000 }, (_, index) => String(index));

  const told = lineDiff(long, long.with(0, 'changed'), 1);

  expect(told.at(-1)?.sign).toBe('…');
  expect(told.length).toBeLessThan(10);
});
