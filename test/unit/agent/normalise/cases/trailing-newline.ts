import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'trailing-newline',
  same: [
    ['a script', 'aws_x', { script: 'echo a\n' }, { script: 'echo a' }],
    ['in a ConfigMap', 'kubernetes:v1/ConfigMap', { data: { a: 'x\n' } }, { data: { a: 'x' } }],
  ],
  different: [
    ['a newline inside', 'aws_x', { script: 'a\nb' }, { script: 'ab' }],
    ['a newline before', 'aws_x', { script: '\na' }, { script: 'a' }],
    ['a blank at the end', 'aws_x', { script: 'a ' }, { script: 'a' }],
    ['each byte of a password counts', 'aws_db_instance', { password: 'abc\n' }, { password: 'abc' }],
  ],
};
