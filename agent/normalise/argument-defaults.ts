import type { Json } from '#proto/domain/json.ts';
import { foldName } from '#proto/domain/resource-type.ts';
import { isTool } from './place.ts';
import type { Place, Value } from './rule.ts';

/**
 * What Terraform plans for an argument that the code leaves out, where that can be said: the argument is optional and the
 * provider never fills it in by itself (in its schema `optional` without `computed`; checked against hashicorp/aws
 * 5.100), and this is its default, or what unset means. Undefined for every other argument: without the schema nobody can
 * tell one that was taken out of the code from one that the provider chose.
 */
export function argumentDefault(place: Place): Value {
  if (place.steps.length !== 1 || !isTool(place, 'terraform')) return undefined;
  const [name] = place.steps;
  if (name === 'tags' && place.type.startsWith('aws_')) return {}; // of every resource; default tags stand in tags_all
  const known = folded.get(place.types[0] ?? place.type);
  return typeof name === 'string' ? known?.get(foldName(name)) : undefined;
}

const defaults: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  aws_api_gateway_stage: { xray_tracing_enabled: false },
  aws_autoscaling_group: { health_check_grace_period: 300, protect_from_scale_in: false, capacity_rebalance: false },
  aws_cloudfront_distribution: { is_ipv6_enabled: false, price_class: 'PriceClass_All', comment: '', default_root_object: '' },
  aws_cloudtrail: { enable_logging: true, enable_log_file_validation: false, include_global_service_events: true, is_multi_region_trail: false, is_organization_trail: false, kms_key_id: '' },
  aws_cloudwatch_log_group: { retention_in_days: 0, kms_key_id: '' },
  aws_cloudwatch_metric_alarm: { actions_enabled: true, treat_missing_data: 'missing' },
  aws_db_instance: { deletion_protection: false, publicly_accessible: false, storage_encrypted: false, iam_database_authentication_enabled: false, performance_insights_enabled: false, auto_minor_version_upgrade: true, copy_tags_to_snapshot: false, monitoring_interval: 0 },
  aws_dynamodb_table: { deletion_protection_enabled: false, table_class: 'STANDARD', billing_mode: 'PROVISIONED', stream_enabled: false },
  aws_ecr_repository: { image_tag_mutability: 'MUTABLE' },
  aws_ecs_service: { enable_execute_command: false },
  aws_eks_cluster: { enabled_cluster_log_types: [] },
  aws_elasticache_replication_group: { automatic_failover_enabled: false, multi_az_enabled: false },
  aws_guardduty_detector: { enable: true },
  aws_iam_role: { max_session_duration: 3600, path: '/', description: '', permissions_boundary: '' },
  aws_iam_user: { path: '/', permissions_boundary: '' },
  aws_instance: { source_dest_check: true, hibernation: false },
  aws_kms_key: { enable_key_rotation: false, is_enabled: true },
  aws_lambda_function: { timeout: 3, memory_size: 128, reserved_concurrent_executions: -1, package_type: 'Zip', description: '', kms_key_arn: '' },
  aws_launch_template: { disable_api_termination: false, disable_api_stop: false },
  aws_lb: { enable_deletion_protection: false, idle_timeout: 60, enable_http2: true, drop_invalid_header_fields: false, preserve_host_header: false, enable_waf_fail_open: false },
  aws_lb_target_group: { deregistration_delay: 300, slow_start: 0, proxy_protocol_v2: false },
  aws_rds_cluster: { deletion_protection: false, iam_database_authentication_enabled: false, copy_tags_to_snapshot: false },
  aws_route53_zone: { comment: 'Managed by Terraform' },
  aws_s3_bucket_public_access_block: { block_public_acls: false, block_public_policy: false, ignore_public_acls: false, restrict_public_buckets: false },
  aws_secretsmanager_secret: { kms_key_id: '', description: '' },
  aws_security_group: { description: 'Managed by Terraform' },
  aws_sns_topic: { fifo_topic: false, content_based_deduplication: false, kms_master_key_id: '', display_name: '' },
  aws_sqs_queue: { visibility_timeout_seconds: 30, message_retention_seconds: 345600, delay_seconds: 0, receive_wait_time_seconds: 0 },
  aws_ssm_parameter: { description: '' },
  aws_subnet: { map_public_ip_on_launch: false, assign_ipv6_address_on_creation: false, enable_dns64: false },
  aws_vpc: { enable_dns_support: true, instance_tenancy: 'default' },
};

const folded: ReadonlyMap<string, ReadonlyMap<string, Json>> = new Map(
  Object.entries(defaults).map(([type, named]) => [type, new Map(Object.entries(named).map(([name, value]) => [foldName(name), value]))]),
);
