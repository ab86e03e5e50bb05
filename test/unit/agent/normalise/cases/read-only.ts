import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'read-only',
  same: [
    ['times', 'aws_lambda_function', { last_modified: '2026-01-01' }, { last_modified: '2026-02-01' }],
    ['a status', 'aws_eks_cluster', { status: 'UPDATING' }, { status: 'ACTIVE' }],
    ['an etag of a list', 'google_project_iam_policy', { etag: 'a' }, { etag: 'b' }],
    ['the count of settings of Cloud SQL', 'google_sql_database_instance', { settings: [{ version: 3 }] }, { settings: [{ version: 4 }] }],
    ['what guards a firewall against two writers at once', 'aws_wafv2_ip_set', { lock_token: 'a' }, { lock_token: 'b' }],
  ],
  different: [
    ['a key that was switched off', 'aws_iam_access_key', { status: 'Active' }, { status: 'Inactive' }],
    ['the etag of an object is its content', 'google_storage_bucket_object', { etag: 'a' }, { etag: 'b' }],
    ['the etag of an S3 object', 'aws_s3_object', { etag: 'a' }, { etag: 'b' }],
    ['an id', 'aws_instance', { id: 'i-1' }, { id: 'i-2' }],
    ['versioning that was suspended', 'aws_s3_bucket_versioning', { versioning_configuration: [{ status: 'Enabled' }] }, { versioning_configuration: [{ status: 'Suspended' }] }],
    ['a tag', 'aws_x', { tags: { last_modified: 'a' } }, { tags: { last_modified: 'b' } }],
  ],
};
