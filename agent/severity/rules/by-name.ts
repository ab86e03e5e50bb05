import type { SeverityRule } from '../rule.ts';

/** What a property's name alone says; asked in order, the first that speaks counts, and only where no other rule does. */
export const byName: readonly SeverityRule[] = [
  named('name-tags', 'low', 'labels change nothing by themselves', ['tags', 'tags_all', 'labels', 'annotations', 'metadata.labels', 'metadata.annotations', 'effective_labels']),
  named('name-text', 'low', 'a text for people', ['description', 'comment', 'comments', 'display_name', 'notes', 'friendly_name', 'alarm_description', 'title', 'summary']),
  named('name-secret', 'high', 'a credential differs', ['password', 'master_password', 'secret', 'secret_string', 'token', 'auth_token', 'private_key', 'api_key', 'access_key', 'credentials', 'admin_password']),
  named('name-policy', 'high', 'who may do what differs', ['policy', 'policies', 'policy_document', 'assume_role_policy', 'inline_policy', 'role', 'roles', 'permissions', 'principals', 'members', 'managed_policy_arns', 'policy_arn', 'rules.verbs', 'acl', 'access_policy']),
  named('name-ingress', 'high', 'who can reach this differs', ['ingress', 'security_group_ingress', 'security_rule', 'source_ranges', 'allow', 'cidr_blocks', 'ipv6_cidr_blocks', 'vpc_security_group_ids', 'security_groups', 'security_group_ids', 'authorized_networks', 'ip_rules', 'network_acls']),
  named('name-public', 'high', 'exposure differs', ['publicly_accessible', 'public_access', 'public_network_access_enabled', 'public_access_enabled', 'public_ip', 'allow_public', 'public_access_block', 'block_public_acls', 'block_public_policy', 'restrict_public_buckets', 'ignore_public_acls', 'endpoint_public_access', 'internet_facing']),
  named('name-encryption', 'high', 'protection of the data differs', ['encrypted', 'encryption', 'encryption_configuration', 'server_side_encryption_configuration', 'storage_encrypted', 'kms_key_id', 'kms_master_key_id', 'kms_key_arn', 'at_rest_encryption_enabled', 'transit_encryption_enabled', 'encryption_at_rest', 'disk_encryption_set_id', 'ssl_policy', 'minimum_tls_version', 'min_tls_version', 'minimum_protocol_version', 'https_only', 'enable_https_traffic_only', 'require_ssl', 'ssl_enforcement_enabled', 'certificate_arn']),
  named('name-protection', 'high', 'protection against loss differs', ['deletion_protection', 'deletion_protection_enabled', 'enable_deletion_protection', 'termination_protection', 'disable_api_termination', 'prevent_destroy', 'backup_retention_period', 'point_in_time_recovery', 'versioning', 'versioning_configuration', 'mfa_delete', 'soft_delete_retention_days', 'purge_protection_enabled', 'backup_configuration']),
  named('name-logging', 'high', 'what is recorded differs', ['logging', 'enable_logging', 'access_logs', 'audit_logs', 'enabled_cluster_log_types', 'enabled_cloudwatch_logs_exports', 'log_config', 'logging_config', 'enable_log_file_validation', 'is_multi_region_trail', 'retention_in_days']),
  named('name-rotation', 'high', 'rotation of a key or secret differs', ['enable_key_rotation', 'rotation_enabled', 'rotation_rules', 'rotation_period', 'automatically_after_days']),
  named('name-privilege', 'high', 'what the workload may do to its host differs', ['privileged', 'allow_privilege_escalation', 'host_network', 'host_pid', 'host_ipc', 'host_path', 'run_as_user', 'run_as_non_root', 'capabilities', 'security_context', 'service_account_name', 'automount_service_account_token', 'read_only_root_filesystem']),
  named('name-code', 'high', 'what runs differs', ['image', 'image_id', 'ami', 'image_uri', 'source_code_hash', 'code_sha256', 's3_key', 's3_object_version', 'user_data', 'user_data_base64', 'custom_data', 'command', 'args', 'entry_point', 'container_definitions', 'handler', 'runtime', 'startup_script']),
  named('name-network', 'medium', 'the network differs', ['subnet_id', 'subnet_ids', 'subnets', 'vpc_id', 'route', 'routes', 'dns_servers', 'records', 'listener', 'target_group_arn', 'port', 'ports', 'protocol', 'egress']),
  named('name-size', 'medium', 'size or number differs', ['instance_type', 'instance_class', 'node_type', 'size', 'sku', 'sku_name', 'machine_type', 'desired_capacity', 'desired_count', 'min_size', 'max_size', 'replicas', 'allocated_storage', 'volume_size', 'iops', 'memory_size', 'timeout', 'cpu', 'memory', 'node_count']),
];

function named(id: string, severity: SeverityRule['severity'], reason: string, names: readonly string[]): SeverityRule {
  return { id, types: ['*'], paths: names.map((name) => `**.${name}`), when: { differs: true }, severity, reason, reference: 'dd0c' };
}
