import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'enum-case',
  same: [
    ['protocol', 'aws_lb_listener', { protocol: 'HTTPS' }, { protocol: 'https' }],
    ['the protocols of a classic load balancer', 'aws_elb', { listener: [{ lb_port: 443, lb_protocol: 'HTTPS', instance_protocol: 'HTTP' }] }, { listener: [{ lb_port: 443, lb_protocol: 'https', instance_protocol: 'http' }] }],
    ['storage tier', 'azurerm_storage_account', { access_tier: 'Hot' }, { access_tier: 'hot' }],
    ['permissions of a vault', 'azurerm_key_vault_access_policy', { secret_permissions: ['get', 'list'] }, { secret_permissions: ['Get', 'List'] }],
    ['a window of the week', 'aws_db_instance', { maintenance_window: 'Mon:03:00-Mon:04:00' }, { maintenance_window: 'mon:03:00-mon:04:00' }],
    ['a size of Azure', 'azurerm_linux_virtual_machine', { size: 'standard_d2s_v3' }, { size: 'Standard_D2s_v3' }],
    ['a network of Azure', 'azure:network/publicIp:PublicIp', { ipVersion: 'ipv4' }, { ipVersion: 'IPv4' }],
    ['an image of Azure', 'azurerm_linux_virtual_machine', { source_image_reference: [{ sku: '18.04-LTS' }] }, { source_image_reference: [{ sku: '18.04-lts' }] }],
  ],
  different: [
    ['a name keeps its letters', 'aws_s3_bucket', { bucket_prefix: 'Prod' }, { bucket_prefix: 'prod' }],
    ['a tag keeps its letters', 'aws_s3_bucket', { tags: { protocol: 'HTTPS' } }, { tags: { protocol: 'https' } }],
    ['a classic load balancer without TLS', 'aws_elb', { listener: [{ lb_port: 443, lb_protocol: 'HTTPS' }] }, { listener: [{ lb_port: 443, lb_protocol: 'http' }] }],
    ['another value', 'aws_lb_listener', { protocol: 'HTTPS' }, { protocol: 'http' }],
    ['a window on another day', 'aws_db_instance', { maintenance_window: 'Mon:03:00-Mon:04:00' }, { maintenance_window: 'tue:03:00-tue:04:00' }],
    ['a size of somebody else', 'acme_machine', { size: 'S' }, { size: 's' }],
  ],
};
