import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'cidr-block',
  same: [
    ['host bits', 'aws_vpc', { cidr_block: '10.1.2.3/16' }, { cidr_block: '10.1.0.0/16' }],
    ['letters and zeros of IPv6', 'aws_vpc', { ipv6_cidr_block: '2001:DB8:0:0::/56' }, { ipv6_cidr_block: '2001:db8::/56' }],
    ['one address', 'azurerm_network_security_rule', { source_address_prefix: '10.0.0.4' }, { source_address_prefix: '10.0.0.4/32' }],
    ['in a list', 'aws_security_group', { ingress: [{ cidr_blocks: ['10.0.0.9/8'] }] }, { ingress: [{ cidr_blocks: ['10.0.0.0/8'] }] }],
  ],
  different: [
    ['a wider range', 'aws_vpc', { cidr_block: '10.0.0.0/16' }, { cidr_block: '10.0.0.0/15' }],
    ['another network', 'aws_vpc', { cidr_block: '10.1.0.0/16' }, { cidr_block: '10.2.0.0/16' }],
    ['the whole internet', 'aws_security_group', { ingress: [{ cidr_blocks: ['0.0.0.0/0'] }] }, { ingress: [{ cidr_blocks: ['0.0.0.0/1'] }] }],
    ['the address of a host in its network', 'aws_x', { private_address: '10.1.2.3/16' }, { private_address: '10.1.0.0/16' }],
    ['octal or decimal', 'aws_vpc', { cidr_block: '010.0.0.0/8' }, { cidr_block: '10.0.0.0/8' }],
  ],
};
