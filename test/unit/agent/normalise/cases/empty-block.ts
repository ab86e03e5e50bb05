import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'empty-block',
  same: [
    ['a block of nulls', 'aws_lambda_function', { vpc_config: [{ subnet_ids: [], security_group_ids: null }] }, { vpc_config: [] }],
    ['nested', 'aws_instance', { metadata_options: [{ a: null, b: [{ c: null }] }] }, { metadata_options: null }],
  ],
  different: [
    ['an empty ingress rule allows all', 'kubernetes_network_policy', { ingress: [{ from: null }] }, { ingress: [] }],
    ['one field is set', 'aws_lambda_function', { vpc_config: [{ subnet_ids: ['a'] }] }, { vpc_config: [] }],
    ['two empty blocks are two', 'aws_wafv2_web_acl', { visibility: [{ a: null }, { a: null }] }, { visibility: [] }],
    ['an empty filter matches everything', 'aws_s3_bucket_lifecycle_configuration', { filter: [{ prefix: null }] }, { filter: [] }],
  ],
};
