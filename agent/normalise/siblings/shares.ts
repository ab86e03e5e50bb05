import type { Share } from './share.ts';

const bucketParts: readonly (readonly [string, readonly string[]])[] = [
  ['aws_s3_bucket_versioning', ['versioning']],
  ['aws_s3_bucket_server_side_encryption_configuration', ['server_side_encryption_configuration']],
  ['aws_s3_bucket_policy', ['policy']],
  ['aws_s3_bucket_acl', ['acl', 'grant']],
  ['aws_s3_bucket_lifecycle_configuration', ['lifecycle_rule']],
  ['aws_s3_bucket_logging', ['logging']],
  ['aws_s3_bucket_cors_configuration', ['cors_rule']],
  ['aws_s3_bucket_website_configuration', ['website', 'website_domain', 'website_endpoint']],
  ['aws_s3_bucket_replication_configuration', ['replication_configuration']],
  ['aws_s3_bucket_object_lock_configuration', ['object_lock_configuration']],
  ['aws_s3_bucket_accelerate_configuration', ['acceleration_status']],
  ['aws_s3_bucket_request_payment_configuration', ['request_payer']],
];

/** What providers let one manage either in a resource or beside it, from their documentation. */
export const shares: readonly Share[] = [
  ...bucketParts.map(([child, attributes]): Share => ({ parent: 'aws_s3_bucket', attributes, child, of: 'bucket', part: { by: 'whole' } })),

  traffic('ingress', 'aws_security_group_rule'),
  traffic('egress', 'aws_security_group_rule'),
  traffic('ingress', 'aws_vpc_security_group_ingress_rule'),
  traffic('egress', 'aws_vpc_security_group_egress_rule'),
  elements('aws_network_acl', 'ingress', 'aws_network_acl_rule', 'network_acl_id', ['rule_no', 'rule_number']),
  elements('aws_network_acl', 'egress', 'aws_network_acl_rule', 'network_acl_id', ['rule_no', 'rule_number']),
  elements('aws_route_table', 'route', 'aws_route', 'route_table_id', ['cidr_block', 'destination_cidr_block'], ['ipv6_cidr_block', 'destination_ipv6_cidr_block'], ['destination_prefix_list_id', 'destination_prefix_list_id']),
  elements('aws_route_table', 'propagating_vgws', 'aws_vpn_gateway_route_propagation', 'route_table_id', ['', 'vpn_gateway_id']),

  elements('aws_iam_role', 'managed_policy_arns', 'aws_iam_role_policy_attachment', 'role', ['', 'policy_arn']),
  elements('aws_iam_role', 'managed_policy_arns', 'aws_iam_policy_attachment', 'roles', ['', 'policy_arn']),
  elements('aws_iam_role', 'inline_policy', 'aws_iam_role_policy', 'role', ['name', 'name']),
  whole('aws_sqs_queue', ['policy'], 'aws_sqs_queue_policy', 'queue_url'),
  whole('aws_sqs_queue', ['redrive_policy'], 'aws_sqs_queue_redrive_policy', 'queue_url'),
  whole('aws_sqs_queue', ['redrive_allow_policy'], 'aws_sqs_queue_redrive_allow_policy', 'queue_url'),
  whole('aws_sns_topic', ['policy'], 'aws_sns_topic_policy', 'arn'),
  whole('aws_kms_key', ['policy'], 'aws_kms_key_policy', 'key_id'),
  whole('aws_secretsmanager_secret', ['policy'], 'aws_secretsmanager_secret_policy', 'secret_arn'),
  whole('aws_secretsmanager_secret', ['rotation_enabled', 'rotation_lambda_arn', 'rotation_rules'], 'aws_secretsmanager_secret_rotation', 'secret_id'),
  whole('aws_cognito_user_pool', ['domain', 'custom_domain'], 'aws_cognito_user_pool_domain', 'user_pool_id'),
  whole('aws_opensearch_domain', ['access_policies'], 'aws_opensearch_domain_policy', 'domain_name'),
  whole('aws_elasticsearch_domain', ['access_policies'], 'aws_elasticsearch_domain_policy', 'domain_name'),
  whole('aws_vpc_endpoint', ['policy'], 'aws_vpc_endpoint_policy', 'vpc_endpoint_id'),

  elements('aws_instance', 'ebs_block_device', 'aws_volume_attachment', 'instance_id', ['volume_id', 'volume_id']),
  whole('aws_eip', ['instance', 'network_interface', 'association_id', 'private_ip', 'private_dns', 'public_dns'], 'aws_eip_association', 'allocation_id'),
  whole('aws_eip', ['instance', 'network_interface', 'association_id', 'private_ip', 'private_dns', 'public_dns'], 'aws_nat_gateway', 'allocation_id'),
  whole('aws_internet_gateway', ['vpc_id'], 'aws_internet_gateway_attachment', 'internet_gateway_id'),
  elements('aws_autoscaling_group', 'target_group_arns', 'aws_autoscaling_attachment', 'autoscaling_group_name', ['', 'lb_target_group_arn']),
  elements('aws_autoscaling_group', 'load_balancers', 'aws_autoscaling_attachment', 'autoscaling_group_name', ['', 'elb']),
  elements('aws_vpc_endpoint', 'route_table_ids', 'aws_vpc_endpoint_route_table_association', 'vpc_endpoint_id', ['', 'route_table_id']),
  elements('aws_vpc_endpoint', 'subnet_ids', 'aws_vpc_endpoint_subnet_association', 'vpc_endpoint_id', ['', 'subnet_id']),
  whole('aws_ecs_cluster', ['capacity_providers', 'default_capacity_provider_strategy'], 'aws_ecs_cluster_capacity_providers', 'cluster_name'),
  elements('aws_dynamodb_table', 'replica', 'aws_dynamodb_table_replica', 'global_table_arn', ['region_name', 'region_name']),
  elements('aws_rds_cluster', 'cluster_members', 'aws_rds_cluster_instance', 'cluster_identifier', ['', 'identifier']),
  elements('aws_rds_cluster', 'iam_roles', 'aws_rds_cluster_role_association', 'db_cluster_identifier', ['', 'role_arn']),
  elements('aws_lb_target_group', 'load_balancer_arns', 'aws_lb_listener', 'default_target_group_arn', ['', 'load_balancer_arn']),

  elements('azurerm_network_security_group', 'security_rule', 'azurerm_network_security_rule', 'network_security_group_name', ['name', 'name']),
  elements('azurerm_virtual_network', 'subnet', 'azurerm_subnet', 'virtual_network_name', ['name', 'name']),
  elements('azurerm_route_table', 'route', 'azurerm_route', 'route_table_name', ['name', 'name']),
  elements('azurerm_route_table', 'subnets', 'azurerm_subnet_route_table_association', 'route_table_id', ['', 'subnet_id']),
  elements('azurerm_key_vault', 'access_policy', 'azurerm_key_vault_access_policy', 'key_vault_id', ['object_id', 'object_id']),

  whole('google_container_cluster', ['node_pool'], 'google_container_node_pool', 'cluster'),
  elements('google_compute_instance', 'attached_disk', 'google_compute_attached_disk', 'instance', ['source', 'disk']),
  elements('google_compute_security_policy', 'rule', 'google_compute_security_policy_rule', 'security_policy', ['priority', 'priority']),
];

function whole(parent: string, attributes: readonly string[], child: string, of: string): Share {
  return { parent, attributes, child, of, part: { by: 'whole' } };
}

function elements(parent: string, attribute: string, child: string, of: string, ...fields: readonly (readonly [string, string])[]): Share {
  return { parent, attributes: [attribute], child, of, part: { by: 'element', fields } };
}

function traffic(direction: 'ingress' | 'egress', child: string): Share {
  return { parent: 'aws_security_group', attributes: [direction], child, of: 'security_group_id', part: { by: 'traffic', direction } };
}
