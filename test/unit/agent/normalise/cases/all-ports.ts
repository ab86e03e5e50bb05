import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'all-ports',
  same: [
    ['0 against -1', 'aws_security_group_rule', { protocol: '-1', from_port: 0, to_port: 0 }, { protocol: '-1', from_port: -1, to_port: -1 }],
    ['none at all', 'aws_security_group', { ingress: [{ protocol: '-1', from_port: 0, to_port: 0 }] }, { ingress: [{ protocol: '-1', from_port: null, to_port: null }] }],
    ['vpc rules', 'aws_vpc_security_group_ingress_rule', { ip_protocol: '-1', from_port: null }, { ip_protocol: '-1', from_port: -1 }],
  ],
  different: [
    ['port 0 of tcp is a port', 'aws_security_group_rule', { protocol: 'tcp', from_port: 0 }, { protocol: 'tcp', from_port: -1 }],
    ['any against 65535', 'aws_security_group_rule', { protocol: '-1', to_port: 0 }, { protocol: '-1', to_port: 65535 }],
    ['the protocol itself', 'aws_security_group_rule', { protocol: '-1', from_port: 0 }, { protocol: 'tcp', from_port: 0 }],
  ],
};
