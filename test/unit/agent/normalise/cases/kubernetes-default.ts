import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'kubernetes-default',
  same: [
    ['a switch that is off', 'kubernetes:storage.k8s.io/v1/StorageClass', { allowVolumeExpansion: false }, {}],
    ['a pod’s template in another kind', 'kubernetes:argoproj.io/v1alpha1/Rollout', { spec: { template: { spec: {} } } }, { spec: { template: { spec: { restartPolicy: 'Always' } } } }],
    ['a pod', 'kubernetes:v1/Pod', { spec: {} }, { spec: { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', schedulerName: 'default-scheduler', terminationGracePeriodSeconds: 30 } }],
    ['a service', 'kubernetes:v1/Service', { spec: { ports: [{ port: 80 }] } }, { spec: { ports: [{ port: 80, protocol: 'TCP' }], type: 'ClusterIP', sessionAffinity: 'None' } }],
    ['a strategy', 'kubernetes:apps/v1/Deployment', { spec: {} }, { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } } } }],
    ['what the API drops because it is nothing', 'kubernetes:v1/Pod', { spec: { hostNetwork: false, containers: [{ name: 'c', tty: false, readinessProbe: { initialDelaySeconds: 0 } }] } }, { spec: { containers: [{ name: 'c', readinessProbe: {} }] } }],
    ['a request that follows the limit', 'kubernetes:v1/LimitRange', { spec: { limits: [{ type: 'Container', default: { cpu: '1' } }] } }, { spec: { limits: [{ type: 'Container', default: { cpu: '1' }, defaultRequest: { cpu: '1' } }] } }],
  ],
  different: [
    ['a name that is another kind’s own', 'kubernetes:example.com/v1/Thing', { spec: { restartPolicy: 'Always', completions: 1 } }, { spec: {} }],
    ['a request that follows nothing', 'kubernetes:v1/LimitRange', { spec: { limits: [{ type: 'Container', default: { cpu: '1' } }] } }, { spec: { limits: [{ type: 'Container', default: { cpu: '1' }, defaultRequest: { cpu: '2' } }] } }],
    ['a host network', 'kubernetes:v1/Pod', { spec: {} }, { spec: { hostNetwork: true } }],
    ['a protection that was taken out', 'kubernetes:v1/Pod', { spec: { automountServiceAccountToken: false } }, { spec: {} }],
    ['not the default', 'kubernetes:v1/Pod', { spec: {} }, { spec: { restartPolicy: 'Never' } }],
    ['another kind', 'kubernetes:example.com/v1/Thing', { spec: {} }, { spec: { type: 'ClusterIP' } }],
    ['a default against a wish', 'kubernetes:v1/Pod', { spec: { dnsPolicy: 'None' } }, { spec: { dnsPolicy: 'ClusterFirst' } }],
    ['a webhook that fails open', 'kubernetes:admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration', { webhooks: [{ name: 'a' }] }, { webhooks: [{ name: 'a', failurePolicy: 'Ignore' }] }],
    ['privileged', 'kubernetes:v1/Pod', { spec: { containers: [{ name: 'c' }] } }, { spec: { containers: [{ name: 'c', securityContext: { privileged: true } }] } }],
  ],
};
