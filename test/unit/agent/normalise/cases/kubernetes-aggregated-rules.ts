import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'kubernetes-aggregated-rules',
  same: [
    ['rules of an aggregated role', 'kubernetes:rbac.authorization.k8s.io/v1/ClusterRole', { aggregationRule: { x: [] }, rules: [] }, { aggregationRule: { x: [] }, rules: [{ verbs: ['get'] }] }],
  ],
  different: [
    ['a plain role', 'kubernetes:rbac.authorization.k8s.io/v1/ClusterRole', { rules: [] }, { rules: [{ verbs: ['get'] }] }],
    ['the aggregation itself', 'kubernetes:rbac.authorization.k8s.io/v1/ClusterRole', { aggregationRule: { x: ['a'] }, rules: [] }, { aggregationRule: { x: ['b'] }, rules: [] }],
  ],
};
