import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'timestamp',
  same: [
    ['zone and digits', 'aws_x', { starts: '2026-01-02T03:04:05+00:00' }, { starts: '2026-01-02T03:04:05.000Z' }],
    ['another zone', 'aws_x', { starts: '2026-01-02T03:04:05+02:00' }, { starts: '2026-01-02T01:04:05Z' }],
  ],
  different: [
    ['a text of a ConfigMap', 'kubernetes:v1/ConfigMap', { data: { at: '2026-01-01T00:00:00Z' } }, { data: { at: '2026-01-01T01:00:00+01:00' } }],
    ['a second later', 'aws_x', { starts: '2026-01-02T03:04:05Z' }, { starts: '2026-01-02T03:04:06Z' }],
    ['no zone is no moment', 'aws_x', { starts: '2026-01-02T03:04:05' }, { starts: '2026-01-02T03:04:05Z' }],
    ['a nanosecond later', 'aws_x', { starts: '2026-01-02T03:04:05.000000001Z' }, { starts: '2026-01-02T03:04:05Z' }],
  ],
};
