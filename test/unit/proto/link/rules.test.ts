import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FactBody } from '#proto/domain/fact.ts';
import { maxBackoffMs, nextBackoff } from '#proto/link/backoff.ts';
import { placeOf } from '#proto/link/sequence.ts';
import { factOverheadBytes, openWindow, weigh } from '#proto/link/window.ts';

const roll = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('a wait is never negative, never beyond the cap, and a whole number of milliseconds', () => {
  fc.assert(
    fc.property(fc.nat({ max: 10_000 }), roll, (attempt, dice) => {
      const wait = nextBackoff(attempt, dice);
      expect(Number.isInteger(wait) && wait >= 0 && wait < maxBackoffMs).toBe(true);
    }),
  );
});

test('waits spread over the whole span from zero, which doubles until the cap', () => {
  expect([0, 1, 5, 6, 7, 1_000].map((attempt) => nextBackoff(attempt, 0.999_999))).toEqual([999, 1_999, 31_999, 63_999, 63_999, 63_999]);
  expect([0, 6, 1_000].map((attempt) => nextBackoff(attempt, 0))).toEqual([0, 0, 0]);
});

test('any order of arrival, with repetitions, takes each fact once and in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 200 }), (arrivals) => {
      let last = 0;
      const taken: number[] = [];
      for (const seq of arrivals) {
        if (placeOf(seq, last) !== 'next') continue;
        last = seq;
        taken.push(seq);
      }
      expect(taken).toEqual(Array.from({ length: taken.length }, (_, index) => index + 1));
    }),
  );
});

test('what came before is a duplicate, what skips is a gap', () => {
  expect(placeOf(3, 3)).toBe('duplicate');
  expect(placeOf(1, 3)).toBe('duplicate');
  expect(placeOf(4, 3)).toBe('next');
  expect(placeOf(5, 3)).toBe('gap');
});

test('never more than the limit is under way, save for one fact that alone is larger', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(sizes, fc.array(fc.nat({ max: 5 })), fc.integer({ min: 1, max: 500 }), (facts, acks, limit) => {
      const window = openWindow(limit);
      let sent = 0;
      let acked = 0;
      const underWay = (): number => facts.slice(acked, sent).reduce((sum, size) => sum + size, 0);
      for (const step of [...acks, ...facts.map(() => 1)]) {
        for (let size = facts[sent]; size !== undefined && window.admits(size); size = facts[sent]) {
          sent += 1;
          window.sent(sent, size);
        }
        expect(underWay() <= limit || sent - acked === 1).toBe(true);
        expect(window.room()).toBe(limit - underWay());
        acked = Math.min(sent, acked + step);
        window.acknowledge(acked);
      }
      expect(sent).toBe(facts.length); // nothing waits for ever
    }),
  );
});

test('an acknowledgement that comes twice or late frees nothing twice', () => {
  const window = openWindow(100);
  window.sent(1, 40);
  window.sent(2, 40);

  window.acknowledge(2);
  window.acknowledge(2);
  window.acknowledge(1);

  expect(window.room()).toBe(100);
});

test('a fact weighs its data and the overhead, so that empty ones are bounded too', () => {
  const chunk: FactBody = { kind: 'report-chunk', reportId: '', index: 0, data: new Uint8Array(10) };
  const begin: FactBody = { kind: 'report-begin', reportId: '', chunks: 1, totalBytes: 10 };

  expect(weigh(chunk)).toBe(factOverheadBytes + 10);
  expect(weigh(begin)).toBe(factOverheadBytes);
});
