import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'unset-switch',
  same: [
    ['read back as off', 'aws_s3_bucket_server_side_encryption_configuration', { rule: [{ id: 'a', bucket_key_enabled: null }] }, { rule: [{ id: 'a', bucket_key_enabled: false }] }],
    ['an attribute of users that is not required', 'aws_cognito_user_pool', { schema: [{ name: 'a', required: null }] }, { schema: [{ name: 'a', required: false }] }],
  ],
  different: [
    ['on is somebody\'s wish', 'aws_x', { rule: [{ id: 'a', enabled: null }] }, { rule: [{ id: 'a', enabled: true }] }],
    ['it was on', 'aws_x', { rule: [{ id: 'a', enabled: true }] }, { rule: [{ id: 'a', enabled: false }] }],
    ['a guard', 'aws_x', { root_block_device: [{ size: 1, encrypted: null }] }, { root_block_device: [{ size: 1, encrypted: false }] }],
    ['a guard that requires', 'aws_x', { settings: [{ name: 'a', require_uppercase: null }] }, { settings: [{ name: 'a', require_uppercase: false }] }],
    ['at the root', 'aws_vpc', { enable_dns_support: null }, { enable_dns_support: false }],
  ],
};
