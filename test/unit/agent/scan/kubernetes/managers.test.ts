import { describe, expect, test } from 'vitest';
import { createManagerKinds } from '#agent/scan/kubernetes/managers.ts';

describe('who writes to an object', () => {
  test.each([
    ['kubectl-edit', 'Update', 'person'], ['kubectl-patch', 'Update', 'person'], ['kubectl-set', 'Update', 'person'], ['kubectl-rollout', 'Update', 'person'], ['kubectl', 'Update', 'person'],
    ['Lens', 'Update', 'person'], ['k9s', 'Update', 'person'], ['Mozilla', 'Update', 'person'], ['node-fetch', 'Update', 'person'], ['a-client-nobody-knows', 'Update', 'person'],
    ['kubectl', 'Apply', 'applier'], ['kubectl-client-side-apply', 'Update', 'applier'], ['helm', 'Update', 'applier'], ['argocd-controller', 'Apply', 'applier'], ['argocd-application-controller', 'Update', 'applier'],
    ['kustomize-controller', 'Apply', 'applier'], ['Terraform', 'Apply', 'applier'], ['pulumi-kubernetes-1a2b', 'Apply', 'applier'], ['a-pipeline-nobody-knows', 'Apply', 'applier'],
    ['kube-controller-manager', 'Update', 'controller'], ['cloud-controller-manager', 'Update', 'controller'], ['kubelet', 'Update', 'controller'], ['vpa-updater', 'Update', 'controller'],
    ['karpenter', 'Update', 'controller'], ['acme-operator', 'Update', 'controller'], ['some-webhook', 'Update', 'controller'], ['cert-manager-certificates-trigger', 'Apply', 'controller'],
  ] as const)('%s by %s is a %s', (manager, operation, kind) => {
    expect(createManagerKinds()({ manager, operation })).toBe(kind);
  });

  test('the names of dd0c.yaml come first, whatever the operation, and may be patterns', () => {
    const kindOf = createManagerKinds({ people: ['shell-operator', 'ops-*'], controllers: ['nightly-*'], appliers: ['ops-pipeline'] });

    expect(kindOf({ manager: 'shell-operator', operation: 'Apply' })).toBe('person');
    expect(kindOf({ manager: 'ops-console', operation: 'Update' })).toBe('person');
    expect(kindOf({ manager: 'ops-pipeline', operation: 'Update' })).toBe('applier');
    expect(kindOf({ manager: 'nightly-scaler', operation: 'Update' })).toBe('controller');
    expect(kindOf({ manager: 'kubelet', operation: 'Update' })).toBe('controller');
  });
});
