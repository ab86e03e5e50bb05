import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'keyed-list-order',
  same: [
    ['variables by name', 'kubernetes:apps/v1/Deployment', { spec: { template: { spec: { containers: [{ name: 'c', env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] }] } } } }, { spec: { template: { spec: { containers: [{ name: 'c', env: [{ name: 'B', value: '2' }, { name: 'A', value: '1' }] }] } } } }],
    ['ports by number and protocol', 'kubernetes:v1/Service', { spec: { ports: [{ port: 80 }, { port: 81 }] } }, { spec: { ports: [{ port: 81 }, { port: 80 }] } }],
    ['rules of a lifecycle', 'aws_s3_bucket_lifecycle_configuration', { rule: [{ id: 'a', status: 'Enabled' }, { id: 'b', status: 'Disabled' }] }, { rule: [{ id: 'b', status: 'Disabled' }, { id: 'a', status: 'Enabled' }] }],
    ['variables of a build', 'aws_codebuild_project', { environment: [{ environment_variable: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] }] }, { environment: [{ environment_variable: [{ name: 'B', value: '2' }, { name: 'A', value: '1' }] }] }],
  ],
  different: [
    ['a rule of a lifecycle that changed on its way', 'aws_s3_bucket_lifecycle_configuration', { rule: [{ id: 'a', status: 'Enabled' }, { id: 'b', status: 'Enabled' }] }, { rule: [{ id: 'b', status: 'Disabled' }, { id: 'a', status: 'Enabled' }] }],
    ['two of one name', 'aws_codebuild_project', { environment: [{ environment_variable: [{ name: 'A', value: '1' }, { name: 'A', value: '2' }] }] }, { environment: [{ environment_variable: [{ name: 'A', value: '2' }, { name: 'A', value: '1' }] }] }],
    ['rules of a firewall, of which the first that matches counts', 'aws_networkfirewall_rule_group', { rule: [{ id: 'a' }, { id: 'b' }] }, { rule: [{ id: 'b' }, { id: 'a' }] }],
    ['of two variables of one name the later counts', 'kubernetes:v1/Pod', { spec: { containers: [{ name: 'c', env: [{ name: 'A', value: '1' }, { name: 'A', value: '2' }] }] } }, { spec: { containers: [{ name: 'c', env: [{ name: 'A', value: '2' }, { name: 'A', value: '1' }] }] } }],
    ['a value went to another name', 'kubernetes:apps/v1/Deployment', { spec: { template: { spec: { containers: [{ name: 'c', env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] }] } } } }, { spec: { template: { spec: { containers: [{ name: 'c', env: [{ name: 'A', value: '2' }, { name: 'B', value: '1' }] }] } } } }],
    ['the same port by another protocol', 'kubernetes:v1/Service', { spec: { ports: [{ port: 53, protocol: 'TCP' }] } }, { spec: { ports: [{ port: 53, protocol: 'UDP' }] } }],
    ['init containers run in order', 'kubernetes:apps/v1/Deployment', { spec: { template: { spec: { initContainers: [{ name: 'a' }, { name: 'b' }] } } } }, { spec: { template: { spec: { initContainers: [{ name: 'b' }, { name: 'a' }] } } } }],
  ],
};
