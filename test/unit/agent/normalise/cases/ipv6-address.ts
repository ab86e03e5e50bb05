import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'ipv6-address',
  same: [
    ['zeros', 'aws_x', { ipv6_address: '2001:0DB8:0000::0001' }, { ipv6_address: '2001:db8::1' }],
    ['the longest run is folded', 'aws_x', { ip: '1:0:0:2:0:0:0:3' }, { ip: '1:0:0:2::3' }],
  ],
  different: [
    ['another address', 'aws_x', { ipv6_address: '2001:db8::1' }, { ipv6_address: '2001:db8::10' }],
    ['eight groups are needed', 'aws_x', { ipv6_address: '1:2:3:4:5:6:7' }, { ipv6_address: '1:2:3:4:5:6:07' }],
  ],
};
