import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'set-order',
  same: [
    ['subnets', 'aws_lb', { subnets: ['a', 'b'] }, { subnets: ['b', 'a'] }],
    ['rules of a security group', 'aws_security_group', { ingress: [{ from_port: 1 }, { from_port: 2 }] }, { ingress: [{ from_port: 2 }, { from_port: 1 }] }],
    ['names that end in _ids', 'aws_x', { route_table_ids: ['1', '2', '3'] }, { route_table_ids: ['3', '1', '2'] }],
    ['rules of a role', 'kubernetes:rbac.authorization.k8s.io/v1/Role', { rules: [{ verbs: ['get'] }, { verbs: ['list'] }] }, { rules: [{ verbs: ['list'] }, { verbs: ['get'] }] }],
    ['verbs of a role', 'kubernetes:rbac.authorization.k8s.io/v1/Role', { rules: [{ verbs: ['get', 'list'] }] }, { rules: [{ verbs: ['list', 'get'] }] }],
  ],
  different: [
    ['a command is a sequence', 'aws_x', { command: ['a', 'b'] }, { command: ['b', 'a'] }],
    ['arguments are a sequence', 'kubernetes:apps/v1/Deployment', { spec: { template: { spec: { containers: [{ name: 'c', args: ['a', 'b'] }] } } } }, { spec: { template: { spec: { containers: [{ name: 'c', args: ['b', 'a'] }] } } } }],
    ['one more of the same', 'aws_lb', { subnets: ['a', 'b'] }, { subnets: ['a', 'b', 'b'] }],
    ['name servers are tried in order', 'aws_vpc_dhcp_options', { domain_name_servers: ['1', '2'] }, { domain_name_servers: ['2', '1'] }],
    ['cache behaviours match in order', 'aws_cloudfront_distribution', { ordered_cache_behavior: [{ a: 1 }, { a: 2 }] }, { ordered_cache_behavior: [{ a: 2 }, { a: 1 }] }],
    ['a list that nobody knows', 'aws_x', { things: [1, 2] }, { things: [2, 1] }],
  ],
};
