import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'protocol-number',
  same: [
    ['6 is tcp', 'aws_network_acl_rule', { protocol: '6' }, { protocol: 'tcp' }],
    ['-1 is all', 'aws_security_group_rule', { protocol: -1 }, { protocol: 'all' }],
  ],
  different: [
    ['tcp is not udp', 'aws_network_acl_rule', { protocol: '6' }, { protocol: 'udp' }],
    ['a port of 6', 'aws_network_acl_rule', { from_port: '6' }, { from_port: 'tcp' }],
  ],
};
