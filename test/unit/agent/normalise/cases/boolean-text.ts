import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'boolean-text',
  same: [
    ['a flag', 'AWS::S3::Bucket', { Flag: 'true' }, { Flag: true }],
  ],
  different: [
    ['the other value', 'aws_x', { flag: 'true' }, { flag: false }],
    ['1 is not true', 'aws_x', { flag: '1' }, { flag: true }],
    ['in a document', 'aws_x', { body: '{"a":"true"}' }, { body: '{"a":true}' }],
  ],
};
