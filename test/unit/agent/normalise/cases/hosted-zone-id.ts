import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'hosted-zone-id',
  same: [
    ['the path', 'aws_route53_record', { zone_id: '/hostedzone/Z123' }, { zone_id: 'Z123' }],
  ],
  different: [
    ['another zone', 'aws_route53_record', { zone_id: '/hostedzone/Z123' }, { zone_id: 'Z124' }],
    ['another attribute', 'aws_x', { path: '/hostedzone/Z123' }, { path: 'Z123' }],
  ],
};
