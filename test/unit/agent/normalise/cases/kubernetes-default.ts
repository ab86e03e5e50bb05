import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'kubernetes-default',
  same: [
    ['a pod', 'kubernetes:v1/Pod', { spec: {} }, { spec: { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', schedulerName: 'default-scheduler', terminationGracePeriodSeconds: 30 } }],
    ['a service', 'kubernetes:v1/Service', { spec: { ports: [{ port: 80 }] } }, { spec: { ports: [{ port: 80, protocol: 'TCP' }], type: 'ClusterIP', sessionAffinity: 'None' } }],
    ['a strategy', 'kubernetes:apps/v1/Deployment', { spec: {} }, { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } } } }],
  ],
  different: [
    ['not the default', 'kubernetes:v1/Pod', { spec: {} }, { spec: { restartPolicy: 'Never' } }],
    ['another kind', 'kubernetes:example.com/v1/Thing', { spec: {} }, { spec: { type: 'ClusterIP' } }],
    ['a default against a wish', 'kubernetes:v1/Pod', { spec: { dnsPolicy: 'None' } }, { spec: { dnsPolicy: 'ClusterFirst' } }],
    ['a webhook that fails open', 'kubernetes:admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration', { webhooks: [{ name: 'a' }] }, { webhooks: [{ name: 'a', failurePolicy: 'Ignore' }] }],
    ['privileged', 'kubernetes:v1/Pod', { spec: { containers: [{ name: 'c' }] } }, { spec: { containers: [{ name: 'c', securityContext: { privileged: true } }] } }],
  ],
};
