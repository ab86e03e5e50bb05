import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'kubernetes-injected-ca',
  same: [
    ['cert-manager', 'kubernetes:admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration', { metadata: { annotations: { 'cert-manager.io/inject-ca-from': 'a/b' } }, webhooks: [{ name: 'w', clientConfig: {} }] }, { metadata: { annotations: { 'cert-manager.io/inject-ca-from': 'a/b' } }, webhooks: [{ name: 'w', clientConfig: { caBundle: 'LS0t' } }] }],
  ],
  different: [
    ['nobody asked', 'kubernetes:admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration', { webhooks: [{ name: 'w', clientConfig: {} }] }, { webhooks: [{ name: 'w', clientConfig: { caBundle: 'LS0t' } }] }],
    ['another authority than the manifest says', 'kubernetes:admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration', { metadata: { annotations: { 'cert-manager.io/inject-ca-from': 'a/b' } }, webhooks: [{ name: 'w', clientConfig: { caBundle: 'AAAA' } }] }, { metadata: { annotations: { 'cert-manager.io/inject-ca-from': 'a/b' } }, webhooks: [{ name: 'w', clientConfig: { caBundle: 'LS0t' } }] }],
  ],
};
