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
    ['one of several blocks was chosen, and says nothing more', 'aws_wafv2_web_acl', { rule: [{ name: 'a', action: [{ allow: [], block: [{ custom_response: [] }], count: [] }] }] }, { rule: [{ name: 'a', action: [{ allow: [], block: [], count: [{ custom_request_handling: [] }] }] }] }],
    ['a block that says something inside one that does not', 'aws_x', { outer: [{ none: [{ a: null }] }] }, { outer: [] }],
    ['an empty filter matches everything', 'aws_s3_bucket_lifecycle_configuration', { filter: [{ prefix: null }] }, { filter: [] }],
  ],
};
