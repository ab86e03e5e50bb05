import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'timestamp',
  same: [
    ['zone and digits', 'aws_x', { starts: '2026-01-02T03:04:05+00:00' }, { starts: '2026-01-02T03:04:05.000Z' }],
    ['another zone', 'aws_x', { starts: '2026-01-02T03:04:05+02:00' }, { starts: '2026-01-02T01:04:05Z' }],
  ],
  different: [
    ['a second later', 'aws_x', { starts: '2026-01-02T03:04:05Z' }, { starts: '2026-01-02T03:04:06Z' }],
    ['no zone is no moment', 'aws_x', { starts: '2026-01-02T03:04:05' }, { starts: '2026-01-02T03:04:05Z' }],
    ['a nanosecond later', 'aws_x', { starts: '2026-01-02T03:04:05.000000001Z' }, { starts: '2026-01-02T03:04:05Z' }],
  ],
};
