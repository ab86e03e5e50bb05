import { describe, expect, test } from 'vitest';
import { labelledCommands, scoreOf } from '../harness/risk-corpus.ts';

const { rows, reason } = labelledCommands();

describe.skipIf(rows.length === 0)(`the corpus of labelled commands${reason}`, () => {
  const score = scoreOf(rows);

  test('nothing dangerous or forbidden is called less than dangerous', () => {
    expect(score.hard).toEqual([]);
  });

  test('at most 5 of 100 forbidden commands are called dangerous', () => {
    expect(score.soft.length / score.forbidden).toBeLessThanOrEqual(0.05);
  });

  test('at most 3 of 100 harmless commands raise an alarm', () => {
    expect((score.falseAlarms.length + score.halfAlarms.length / 2) / score.harmless).toBeLessThanOrEqual(0.03);
  });

  test('every answer has a reason', () => {
    expect(score.withoutReason).toEqual([]);
  });
});
