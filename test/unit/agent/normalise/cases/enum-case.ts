import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'enum-case',
  same: [
    ['protocol', 'aws_lb_listener', { protocol: 'HTTPS' }, { protocol: 'https' }],
    ['storage tier', 'azurerm_storage_account', { access_tier: 'Hot' }, { access_tier: 'hot' }],
  ],
  different: [
    ['a name keeps its letters', 'aws_s3_bucket', { bucket_prefix: 'Prod' }, { bucket_prefix: 'prod' }],
    ['a tag keeps its letters', 'aws_s3_bucket', { tags: { protocol: 'HTTPS' } }, { tags: { protocol: 'https' } }],
    ['another value', 'aws_lb_listener', { protocol: 'HTTPS' }, { protocol: 'http' }],
  ],
};
