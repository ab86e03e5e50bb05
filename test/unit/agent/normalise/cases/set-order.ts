import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'set-order',
  same: [
    ['subnets', 'aws_lb', { subnets: ['a', 'b'] }, { subnets: ['b', 'a'] }],
    ['rules of a security group', 'aws_security_group', { ingress: [{ from_port: 1 }, { from_port: 2 }] }, { ingress: [{ from_port: 2 }, { from_port: 1 }] }],
    ['names that end in _ids', 'aws_x', { route_table_ids: ['1', '2', '3'] }, { route_table_ids: ['3', '1', '2'] }],
    ['rules of a role', 'kubernetes:rbac.authorization.k8s.io/v1/Role', { rules: [{ verbs: ['get'] }, { verbs: ['list'] }] }, { rules: [{ verbs: ['list'] }, { verbs: ['get'] }] }],
    ['verbs of a role', 'kubernetes:rbac.authorization.k8s.io/v1/Role', { rules: [{ verbs: ['get', 'list'] }] }, { rules: [{ verbs: ['list', 'get'] }] }],
    ['what the schema of AWS calls a set', 'aws_eks_node_group', { taint: [{ key: 'a', value: '1' }, { key: 'b', value: '2' }] }, { taint: [{ key: 'b', value: '2' }, { key: 'a', value: '1' }] }],
    ['what is a set in this type of AWS and a list in others', 'aws_wafv2_web_acl', { rule: [{ name: 'a', priority: 1 }, { name: 'b', priority: 2 }] }, { rule: [{ name: 'b', priority: 2 }, { name: 'a', priority: 1 }] }],
    ['a variable of a docker container', 'docker_container', { env: ['A=1', 'B=2'] }, { env: ['B=2', 'A=1'] }],
    ['access policies of a vault', 'azurerm_key_vault', { access_policy: [{ object_id: 'a', tenant_id: 't' }, { object_id: 'b', tenant_id: 't' }] }, { access_policy: [{ object_id: 'b', tenant_id: 't' }, { object_id: 'a', tenant_id: 't' }] }],
    ['metrics of an autoscaler', 'kubernetes:autoscaling/v2/HorizontalPodAutoscaler', { spec: { metrics: [{ type: 'a' }, { type: 'b' }] } }, { spec: { metrics: [{ type: 'b' }, { type: 'a' }] } }],
    ['logs of a setting of Azure', 'azurerm_monitor_diagnostic_setting', { enabled_log: [{ category: 'a' }, { category: 'b' }] }, { enabled_log: [{ category: 'b' }, { category: 'a' }] }],
    ['backends of a service of Google', 'google_compute_backend_service', { backend: [{ group: 'a' }, { group: 'b' }] }, { backend: [{ group: 'b' }, { group: 'a' }] }],
    ['policies of an entity of Vault', 'vault_identity_entity', { policies: ['a', 'b'] }, { policies: ['b', 'a'] }],
  ],
  different: [
    ['init containers run in turn', 'kubernetes:v1/Pod', { spec: { initContainers: [{ name: 'a' }, { name: 'b' }] } }, { spec: { initContainers: [{ name: 'b' }, { name: 'a' }] } }],
    ['a command is a sequence', 'aws_x', { command: ['a', 'b'] }, { command: ['b', 'a'] }],
    ['arguments are a sequence', 'kubernetes:apps/v1/Deployment', { spec: { template: { spec: { containers: [{ name: 'c', args: ['a', 'b'] }] } } } }, { spec: { template: { spec: { containers: [{ name: 'c', args: ['b', 'a'] }] } } } }],
    ['one more of the same', 'aws_lb', { subnets: ['a', 'b'] }, { subnets: ['a', 'b', 'b'] }],
    ['name servers are tried in order', 'aws_vpc_dhcp_options', { domain_name_servers: ['1', '2'] }, { domain_name_servers: ['2', '1'] }],
    ['cache behaviours match in order', 'aws_cloudfront_distribution', { ordered_cache_behavior: [{ a: 1 }, { a: 2 }] }, { ordered_cache_behavior: [{ a: 2 }, { a: 1 }] }],
    ['a list of the same name in another type of AWS', 'aws_networkfirewall_rule_group', { rule: [{ a: 1 }, { a: 2 }] }, { rule: [{ a: 2 }, { a: 1 }] }],
    ['a set of AWS where it is none of AWS', 'google_x', { supported_login_mechanisms: ['a', 'b'], vswitch: ['a', 'b'] }, { supported_login_mechanisms: ['a', 'b'], vswitch: ['b', 'a'] }],
    ['a list that nobody knows', 'aws_x', { things: [1, 2] }, { things: [2, 1] }],
    ['the same names where they mean something else', 'acme_proxy', { backend: ['a', 'b'], policies: [1, 2] }, { backend: ['b', 'a'], policies: [1, 2] }],
  ],
};
