import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'number-text',
  same: [
    ['a port', 'aws_lb_listener', { port: '443' }, { port: 443 }],
    ['a number with a point', 'aws_x', { threshold: '1.0' }, { threshold: 1 }],
    ['in a template', 'AWS::EC2::SecurityGroup', { FromPort: '22' }, { FromPort: 22 }],
  ],
  different: [
    ['an account id keeps its zeros', 'aws_x', { account: '012345678901' }, { account: 12345678901 }],
    ['versions are no numbers', 'aws_x', { version: '1.10' }, { version: '1.1' }],
    ['another number', 'aws_x', { port: '443' }, { port: 444 }],
    ['an annotation is a text', 'kubernetes:v1/Pod', { spec: { x: '1' } }, { spec: { x: 1 } }],
    ['a number in any other document', 'aws_x', { body: '{"a":5}' }, { body: '{"a":"5"}' }],
  ],
};
