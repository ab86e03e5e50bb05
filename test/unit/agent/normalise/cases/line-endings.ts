import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'line-endings',
  same: [
    ['Windows', 'aws_x', { script: 'a\r\nb' }, { script: 'a\nb' }],
  ],
  different: [
    ['a bare return', 'aws_x', { script: 'a\rb' }, { script: 'a\nb' }],
    ['a line more', 'aws_x', { script: 'a\r\n\r\nb' }, { script: 'a\nb' }],
  ],
};
