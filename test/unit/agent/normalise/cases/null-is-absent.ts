import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'null-is-absent',
  same: [
    ['an attribute', 'aws_vpc', { policy: null }, {}],
    ['inside a block', 'aws_s3_bucket', { rule: [{ id: null, days: 3 }] }, { rule: [{ days: 3 }] }],
  ],
  different: [
    ['null is not false', 'aws_vpc', { enable_dns_support: null }, { enable_dns_support: false, enable_dns_hostnames: true }],
    ['null in a document may be a value', 'aws_sfn_state_machine', { definition: '{"a":null}' }, { definition: '{}' }],
    ['null is not a text', 'aws_vpc', { comment: null }, { comment: 'null' }],
  ],
};
