import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'tool-argument',
  same: [
    ['timeouts', 'aws_db_instance', { timeouts: { create: '40m' } }, { timeouts: null }],
    ['unset against false', 'aws_s3_bucket', { force_destroy: null }, { force_destroy: false }],
  ],
  different: [
    ['somebody wanted it', 'aws_s3_bucket', { force_destroy: false }, { force_destroy: true }],
    ['a timeout of the function', 'aws_lambda_function', { timeout: 3 }, { timeout: 30 }],
  ],
};
