import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'read-only',
  same: [
    ['times', 'aws_lambda_function', { last_modified: '2026-01-01' }, { last_modified: '2026-02-01' }],
    ['a status', 'aws_eks_cluster', { status: 'UPDATING' }, { status: 'ACTIVE' }],
    ['an etag of a list', 'google_project_iam_policy', { etag: 'a' }, { etag: 'b' }],
    ['the count of settings of Cloud SQL', 'google_sql_database_instance', { settings: [{ version: 3 }] }, { settings: [{ version: 4 }] }],
    ['what guards a firewall against two writers at once', 'aws_wafv2_ip_set', { lock_token: 'a' }, { lock_token: 'b' }],
    ['the counter of versions of a launch template', 'aws_launch_template', { latest_version: 1 }, { latest_version: 2 }],
    ['what a file system holds, and its name, which is a tag', 'aws_efs_file_system', { name: 'a', size_in_bytes: [{ value: 1 }] }, { name: 'b', size_in_bytes: [{ value: 2 }] }],
    ['the ranges of a service', 'aws_vpc_endpoint', { cidr_blocks: ['192.0.2.0/24'] }, { cidr_blocks: ['192.0.2.0/24', '198.51.100.0/24'] }],
    ['a failover', 'aws_rds_cluster_instance', { writer: true }, { writer: false }],
  ],
  different: [
    ['a key that was switched off', 'aws_iam_access_key', { status: 'Active' }, { status: 'Inactive' }],
    ['the etag of an object is its content', 'google_storage_bucket_object', { etag: 'a' }, { etag: 'b' }],
    ['the etag of an S3 object', 'aws_s3_object', { etag: 'a' }, { etag: 'b' }],
    ['an id', 'aws_instance', { id: 'i-1' }, { id: 'i-2' }],
    ['versioning that was suspended', 'aws_s3_bucket_versioning', { versioning_configuration: [{ status: 'Enabled' }] }, { versioning_configuration: [{ status: 'Suspended' }] }],
    ['the version that is used', 'aws_launch_template', { default_version: 1 }, { default_version: 2 }],
    ['the ranges of a rule', 'aws_security_group_rule', { cidr_blocks: ['192.0.2.0/24'] }, { cidr_blocks: ['192.0.2.0/24', '198.51.100.0/24'] }],
    ['a tag', 'aws_x', { tags: { last_modified: 'a' } }, { tags: { last_modified: 'b' } }],
  ],
};
