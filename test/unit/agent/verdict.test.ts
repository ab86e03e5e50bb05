import { expect, test } from 'vitest';
import { ledgerOf } from '#agent/ledger.ts';
import { verdict } from '#agent/verdict.ts';
import type { Finding, Severity } from '#proto/domain/finding.ts';
import { maxGapsTold } from '#proto/domain/report.ts';

const error = { code: 'state-unreadable', message: 'm', next: 'n' };

function report(checked: number, severities: readonly Severity[] = [], more: { noise?: boolean; error?: typeof error } = {}) {
  const findings = severities.map((severity): Finding => ({
    fingerprint: '0'.repeat(32), address: 'a', type: 't', change: 'modified', cause: 'live_changed', severity, severityRule: '', properties: [], noise: more.noise ?? false, movedFrom: null,
  }));
  return { findings, ledger: ledgerOf(checked, more.error === undefined ? [] : [{ address: 'a', state: 'unreadable', reason: '' }]), error: more.error ?? null };
}

test.each([
  ['everything was checked and nothing differs', [report(3)], 'low', 0],
  ['something differs', [report(3), report(1, ['low'])], 'low', 2],
  ['what differs matters less than was asked for', [report(3, ['medium'])], 'high', 0],
  ['what differs matters as much as was asked for', [report(3, ['low', 'high'])], 'high', 2],
  ['what differs is noise', [report(3, ['critical'], { noise: true })], 'low', 0],
  ['no finding is to count', [report(3, ['critical'])], 'none', 0],
  ['a stack could not be read', [report(3), report(0, [], { error })], 'low', 1],
  ['a stack could not be read, and another drifted', [report(3, ['low']), report(0, [], { error })], 'low', 2],
  ['a stack could not be read, and no finding is to count', [report(3, ['low']), report(0, [], { error })], 'none', 1],
  ['nothing was checked', [report(0)], 'low', 1],
  ['there was nothing', [], 'low', 1],
] as const)('where %s', (_, reports, failOn, expected) => {
  expect(verdict(reports, failOn)).toBe(expected);
});

test('the ledger counts every gap once and names the first thousand', () => {
  const gaps = Array.from({ length: maxGapsTold + 5 }, (_, index) => ({ address: `a${index}`, state: 'stale', reason: '' }) as const);

  const ledger = ledgerOf(2, [...gaps, { address: 'a0', state: 'unreadable', reason: '' }]);

  expect(ledger).toMatchObject({ checked: 2, stale: maxGapsTold + 5, unreadable: 0 });
  expect(ledger.gaps).toHaveLength(maxGapsTold);
});
