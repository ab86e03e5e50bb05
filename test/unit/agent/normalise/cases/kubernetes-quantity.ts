import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'kubernetes-quantity',
  same: [
    ['thousandths', 'kubernetes:v1/Pod', { spec: { containers: [{ name: 'c', resources: { requests: { cpu: '1000m' } } }] } }, { spec: { containers: [{ name: 'c', resources: { requests: { cpu: '1' } } }] } }],
    ['binary units', 'kubernetes:v1/Pod', { spec: { containers: [{ name: 'c', resources: { limits: { memory: '1024Mi' } } }] } }, { spec: { containers: [{ name: 'c', resources: { limits: { memory: '1Gi' } } }] } }],
    ['a number', 'kubernetes:v1/Pod', { spec: { containers: [{ name: 'c', resources: { limits: { cpu: 0.5 } } }] } }, { spec: { containers: [{ name: 'c', resources: { limits: { cpu: '500m' } } }] } }],
    ['an exponent', 'kubernetes:v1/ResourceQuota', { spec: { hard: { pods: '1e3' } } }, { spec: { hard: { pods: '1k' } } }],
    ['in Terraform', 'kubernetes_deployment', { limits: { memory: '1024Mi' } }, { limits: { memory: '1Gi' } }],
    ['of Cloud Run', 'google_cloud_run_v2_service', { template: [{ containers: [{ resources: [{ limits: { cpu: '1000m' } }] }] }] }, { template: [{ containers: [{ resources: [{ limits: { cpu: '1' } }] }] }] }],
  ],
  different: [
    ['a key of the user’s own that is called as an amount is', 'kubernetes:v1/ConfigMap', { data: { storage: '1024Mi' } }, { data: { storage: '1Gi' } }],
    ['a million is not a mebi', 'kubernetes:v1/Pod', { spec: { containers: [{ name: 'c', resources: { limits: { memory: '1M' } } }] } }, { spec: { containers: [{ name: 'c', resources: { limits: { memory: '1Mi' } } }] } }],
    ['a thousandth is not a million', 'kubernetes:v1/Pod', { spec: { containers: [{ name: 'c', resources: { limits: { memory: '1m' } } }] } }, { spec: { containers: [{ name: 'c', resources: { limits: { memory: '1M' } } }] } }],
    ['elsewhere it is a text', 'kubernetes:v1/ConfigMap', { data: { size: '1024Mi' } }, { data: { size: '1Gi' } }],
    ['less of Cloud Run', 'google_cloud_run_v2_service', { template: [{ containers: [{ resources: [{ limits: { cpu: '1000m' } }] }] }] }, { template: [{ containers: [{ resources: [{ limits: { cpu: '100m' } }] }] }] }],
  ],
};
