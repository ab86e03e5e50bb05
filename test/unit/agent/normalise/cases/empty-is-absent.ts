import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'empty-is-absent',
  same: [
    ['no rules let nothing in, written or not', 'kubernetes:networking.k8s.io/v1/NetworkPolicy', { spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [] } }, { spec: { podSelector: {}, policyTypes: ['Ingress'] } }],
    ['tags null against {}', 'aws_s3_bucket', { tags: null }, { tags: {} }],
    ['an empty list against none', 'aws_instance', { ebs_block_device: [] }, {}],
    ['an empty text against null', 'aws_instance', { key_name: '' }, { key_name: null }],
    ['an empty map in Kubernetes', 'kubernetes:v1/Pod', { spec: { securityContext: {} } }, { spec: {} }],
    ['rules [] against null', 'kubernetes:rbac.authorization.k8s.io/v1/ClusterRole', { rules: [] }, { rules: null }],
  ],
  different: [
    ['no class of storage is not the usual one', 'kubernetes:v1/PersistentVolumeClaim', { spec: { storageClassName: '' } }, { spec: {} }],
    ['an empty list of another policy', 'kubernetes:cilium.io/v2/CiliumNetworkPolicy', { spec: { ingress: [] } }, { spec: {} }],
    ['a tag that is empty is there', 'aws_s3_bucket', { tags: { owner: '' } }, { tags: {} }],
    ['emptyDir: {} is a volume', 'kubernetes:v1/Pod', { spec: { volumes: [{ name: 'a', emptyDir: {} }] } }, { spec: { volumes: [{ name: 'a' }] } }],
    ['podSelector: {} selects every pod', 'kubernetes:networking.k8s.io/v1/NetworkPolicy', { spec: { podSelector: {} } }, { spec: {} }],
    ['a list with an empty rule allows all', 'kubernetes:networking.k8s.io/v1/NetworkPolicy', { spec: { ingress: [{}] } }, { spec: { ingress: [] } }],
    ['zero is not empty', 'aws_autoscaling_group', { min_size: 0 }, { min_size: null }],
    ['false is not empty', 'aws_db_instance', { storage_encrypted: false }, { storage_encrypted: null }],
    ['a blank is not empty', 'aws_instance', { key_name: ' ' }, { key_name: '' }],
  ],
};
