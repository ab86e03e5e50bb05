import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'percent-encoding',
  same: [
    ['plain letters and hex digits', 'aws_x', { path: '/a%7eb%2f' }, { path: '/a~b%2F' }],
  ],
  different: [
    ['a reserved character', 'aws_x', { path: '/a%2Fb' }, { path: '/a/b' }],
    ['no URL', 'aws_x', { format: 'at 100%41' }, { format: 'at 100A' }],
    ['a password', 'aws_x', { password: '/a%41' }, { password: '/aA' }],
  ],
};
