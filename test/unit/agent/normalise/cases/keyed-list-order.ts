import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'keyed-list-order',
  same: [
    ['variables by name', 'kubernetes:apps/v1/Deployment', { spec: { template: { spec: { containers: [{ name: 'c', env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] }] } } } }, { spec: { template: { spec: { containers: [{ name: 'c', env: [{ name: 'B', value: '2' }, { name: 'A', value: '1' }] }] } } } }],
    ['ports by number and protocol', 'kubernetes:v1/Service', { spec: { ports: [{ port: 80 }, { port: 81 }] } }, { spec: { ports: [{ port: 81 }, { port: 80 }] } }],
  ],
  different: [
    ['of two variables of one name the later counts', 'kubernetes:v1/Pod', { spec: { containers: [{ name: 'c', env: [{ name: 'A', value: '1' }, { name: 'A', value: '2' }] }] } }, { spec: { containers: [{ name: 'c', env: [{ name: 'A', value: '2' }, { name: 'A', value: '1' }] }] } }],
    ['a value went to another name', 'kubernetes:apps/v1/Deployment', { spec: { template: { spec: { containers: [{ name: 'c', env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] }] } } } }, { spec: { template: { spec: { containers: [{ name: 'c', env: [{ name: 'A', value: '2' }, { name: 'B', value: '1' }] }] } } } }],
    ['the same port by another protocol', 'kubernetes:v1/Service', { spec: { ports: [{ port: 53, protocol: 'TCP' }] } }, { spec: { ports: [{ port: 53, protocol: 'UDP' }] } }],
    ['init containers run in order', 'kubernetes:apps/v1/Deployment', { spec: { template: { spec: { initContainers: [{ name: 'a' }, { name: 'b' }] } } } }, { spec: { template: { spec: { initContainers: [{ name: 'b' }, { name: 'a' }] } } } }],
  ],
};
