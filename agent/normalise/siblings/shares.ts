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

  ...['aws_security_group', 'aws_default_security_group'].flatMap((parent) => [
    traffic(parent, 'ingress', 'aws_security_group_rule'),
    traffic(parent, 'egress', 'aws_security_group_rule'),
    traffic(parent, 'ingress', 'aws_vpc_security_group_ingress_rule'),
    traffic(parent, 'egress', 'aws_vpc_security_group_egress_rule'),
  ]),
  ...['aws_network_acl', 'aws_default_network_acl'].flatMap((parent) => [
    elements(parent, 'ingress', 'aws_network_acl_rule', 'network_acl_id', ['rule_no', 'rule_number']),
    elements(parent, 'egress', 'aws_network_acl_rule', 'network_acl_id', ['rule_no', 'rule_number']),
    elements(parent, 'subnet_ids', 'aws_network_acl_association', 'network_acl_id', ['', 'subnet_id']),
  ]),
  ...['aws_route_table', 'aws_default_route_table'].flatMap((parent) => [
    elements(parent, 'route', 'aws_route', 'route_table_id', ['cidr_block', 'destination_cidr_block'], ['ipv6_cidr_block', 'destination_ipv6_cidr_block'], ['destination_prefix_list_id', 'destination_prefix_list_id']),
    elements(parent, 'propagating_vgws', 'aws_vpn_gateway_route_propagation', 'route_table_id', ['', 'vpn_gateway_id']),
  ]),
  whole('aws_vpc', ['dhcp_options_id'], 'aws_vpc_dhcp_options_association', 'vpc_id'),
  whole('aws_vpc', ['main_route_table_id', 'default_route_table_id'], 'aws_main_route_table_association', 'vpc_id'), // both are read from the main one
  whole('aws_vpc', ['ipv6_cidr_block', 'ipv6_association_id', 'ipv6_ipam_pool_id', 'ipv6_netmask_length'], 'aws_vpc_ipv6_cidr_block_association', 'vpc_id'),
  whole('aws_vpn_gateway', ['vpc_id'], 'aws_vpn_gateway_attachment', 'vpn_gateway_id'),
  elements('aws_vpn_connection', 'routes', 'aws_vpn_connection_route', 'vpn_connection_id', ['destination_cidr_block', 'destination_cidr_block']),
  elements('aws_network_interface', 'security_groups', 'aws_network_interface_sg_attachment', 'network_interface_id', ['', 'security_group_id']),
  whole('aws_network_interface', ['attachment'], 'aws_network_interface_attachment', 'network_interface_id'),
  whole('aws_network_interface', ['attachment'], 'aws_instance', 'network_interface'),
  elements('aws_ec2_managed_prefix_list', 'entry', 'aws_ec2_managed_prefix_list_entry', 'prefix_list_id', ['cidr', 'cidr']),
  elements('aws_route53_zone', 'vpc', 'aws_route53_zone_association', 'zone_id', ['vpc_id', 'vpc_id']),

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
  elements('aws_instance', 'vpc_security_group_ids', 'aws_network_interface_sg_attachment', 'network_interface_id', ['', 'security_group_id']),
  ...[['aws_eip_association', 'allocation_id'], ['aws_nat_gateway', 'allocation_id'], ['aws_lb', 'subnet_mapping']].map(([child = '', of = '']) =>
    whole('aws_eip', ['instance', 'network_interface', 'association_id', 'private_ip', 'private_dns', 'public_dns'], child, of)),
  whole('aws_internet_gateway', ['vpc_id'], 'aws_internet_gateway_attachment', 'internet_gateway_id'),
  elements('aws_autoscaling_group', 'target_group_arns', 'aws_autoscaling_attachment', 'autoscaling_group_name', ['', 'lb_target_group_arn']),
  elements('aws_autoscaling_group', 'load_balancers', 'aws_autoscaling_attachment', 'autoscaling_group_name', ['', 'elb']),
  elements('aws_autoscaling_group', 'traffic_source', 'aws_autoscaling_attachment', 'autoscaling_group_name', ['identifier', 'lb_target_group_arn'], ['identifier', 'elb']),
  elements('aws_autoscaling_group', 'traffic_source', 'aws_autoscaling_traffic_source_attachment', 'autoscaling_group_name', ['identifier', 'traffic_source']),
  elements('aws_autoscaling_group', 'tag', 'aws_autoscaling_group_tag', 'autoscaling_group_name', ['key', 'tag']),
  elements('aws_elb', 'instances', 'aws_elb_attachment', 'elb', ['', 'instance']),
  elements('aws_vpc_endpoint', 'route_table_ids', 'aws_vpc_endpoint_route_table_association', 'vpc_endpoint_id', ['', 'route_table_id']),
  elements('aws_vpc_endpoint', 'subnet_ids', 'aws_vpc_endpoint_subnet_association', 'vpc_endpoint_id', ['', 'subnet_id']),
  elements('aws_vpc_endpoint', 'security_group_ids', 'aws_vpc_endpoint_security_group_association', 'vpc_endpoint_id', ['', 'security_group_id']),
  whole('aws_ecs_cluster', ['capacity_providers', 'default_capacity_provider_strategy'], 'aws_ecs_cluster_capacity_providers', 'cluster_name'),
  elements('aws_dynamodb_table', 'replica', 'aws_dynamodb_table_replica', 'global_table_arn', ['region_name', 'region_name']),
  elements('aws_rds_cluster', 'cluster_members', 'aws_rds_cluster_instance', 'cluster_identifier', ['', 'identifier']),
  elements('aws_rds_cluster', 'iam_roles', 'aws_rds_cluster_role_association', 'db_cluster_identifier', ['', 'role_arn']),
  elements('aws_rds_global_cluster', 'global_cluster_members', 'aws_rds_cluster', 'global_cluster_identifier', ['db_cluster_arn', 'arn']),
  count('aws_efs_file_system', 'number_of_mount_targets', 'aws_efs_mount_target', 'file_system_id'),
  whole('aws_elasticache_replication_group', ['member_clusters', 'num_cache_clusters'], 'aws_elasticache_cluster', 'replication_group_id'),
  elements('aws_elasticache_user_group', 'user_ids', 'aws_elasticache_user_group_association', 'user_group_id', ['', 'user_id']),
  elements('aws_redshift_cluster', 'iam_roles', 'aws_redshift_cluster_iam_roles', 'cluster_identifier', ['', 'iam_role_arns']),
  whole('aws_redshift_cluster', ['logging'], 'aws_redshift_logging', 'cluster_identifier'),
  whole('aws_redshift_cluster', ['snapshot_copy'], 'aws_redshift_snapshot_copy', 'cluster_identifier'),
  ...['aws_lb_target_group', 'aws_alb_target_group'].flatMap((parent) => ['aws_lb', 'aws_alb'].flatMap((balancer) => [
    elements(parent, 'load_balancer_arns', `${balancer}_listener`, 'default_action', ['', 'load_balancer_arn']),
    whole(parent, ['load_balancer_arns'], `${balancer}_listener_rule`, 'action'), // a rule names its listener alone
  ])),

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

function count(parent: string, attribute: string, child: string, of: string): Share {
  return { parent, attributes: [attribute], child, of, part: { by: 'count' } };
}

function traffic(parent: string, direction: 'ingress' | 'egress', child: string): Share {
  return { parent, attributes: [direction], child, of: 'security_group_id', part: { by: 'traffic', direction } };
}
