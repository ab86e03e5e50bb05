import { expect, test } from 'vitest';
import { createChain } from '#agent/normalise/chain.ts';
import { rules } from '#agent/normalise/rules.ts';
import type { JsonObject } from '#proto/domain/json.ts';
import { compare } from '../compare.ts';

type Sibling = readonly [type: string, values: JsonObject];

/** The paths that no sibling explains. */
function unexplained(type: string, before: JsonObject, after: JsonObject, ...siblings: readonly Sibling[]): readonly string[] {
  const [kind] = createChain(rules).siblings();
  for (const [childType, values] of siblings) kind?.siblings.see(childType, values);
  return compare(rules, type, before, after).filter((one) => one.property.noise === null && kind?.siblings.explain(type, one) !== true).map(({ property }) => property.path).toSorted();
}

const group = (...ingress: readonly JsonObject[]): JsonObject => ({ id: 'sg-1', ingress });
const web: JsonObject = { from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: ['10.0.0.0/8'], security_groups: [], self: false, description: '' };
const webRule: Sibling = ['aws_security_group_rule', { security_group_id: 'sg-1', type: 'ingress', from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: ['10.0.0.0/8'], self: false }];

test('a rule of a security group that has a resource of its own is explained', () => {
  expect(unexplained('aws_security_group', group(), group(web), webRule)).toEqual([]);
  expect(unexplained('aws_security_group', group(), group(web), ['aws_vpc_security_group_ingress_rule', { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: '10.0.0.0/8' }])).toEqual([]);
});

test('a rule that nobody made is not, whatever stands beside it', () => {
  expect(unexplained('aws_security_group', group(), group(web, { ...web, from_port: 22, to_port: 22 }), webRule)).toHaveLength(1);
  expect(unexplained('aws_security_group', group(), group({ ...web, cidr_blocks: ['10.0.0.0/8', '0.0.0.0/0'] }), webRule)).toHaveLength(1);
  expect(unexplained('aws_security_group', group(), group({ ...web, self: true }), webRule)).toHaveLength(1);
});

test('a source added to a rule that was there is explained by its own resource alone', () => {
  const more: Sibling = ['aws_security_group_rule', { ...webRule[1], cidr_blocks: ['10.9.0.0/16'] }];
  const after = group({ ...web, cidr_blocks: ['10.0.0.0/8', '10.9.0.0/16'] });

  expect(unexplained('aws_security_group', group(web), after, more)).toEqual([]);
  expect(unexplained('aws_security_group', group(web), after)).toEqual(['ingress[0].cidr_blocks[1]']);
});

test.each<[string, JsonObject]>([
  ['another group', { ...webRule[1], security_group_id: 'sg-2' }],
  ['the other direction', { ...webRule[1], type: 'egress' }],
  ['another protocol', { ...webRule[1], protocol: 'udp' }],
  ['a wider range of ports', { ...webRule[1], to_port: 500 }],
])('a rule resource for %s explains nothing', (_, values) => {
  expect(unexplained('aws_security_group', group(), group(web), ['aws_security_group_rule', values])).toEqual(['ingress[0]']);
});

test('a rule that is gone is told, also where a resource of its own still asks for it', () => {
  expect(unexplained('aws_security_group', group(web), group(), webRule)).not.toEqual([]);
});

test('a part of a bucket with a resource of its own is told there', () => {
  const before = { id: 'logs', bucket: 'logs', versioning: [{ enabled: false }], policy: '' };
  const after = { id: 'logs', bucket: 'logs', versioning: [{ enabled: true }], policy: '{"Statement":[]}' };

  expect(unexplained('aws_s3_bucket', before, after, ['aws_s3_bucket_versioning', { bucket: 'logs' }])).toEqual(['policy']);
  expect(unexplained('aws_s3_bucket', before, after, ['aws_s3_bucket_versioning', { bucket: 'other' }])).toEqual(['policy', 'versioning[0].enabled']);
  expect(unexplained('aws_s3_bucket', before, after, ['aws_s3_bucket_versioning', { bucket: 'logs' }], ['aws_s3_bucket_policy', { bucket: 'logs' }])).toEqual([]);
});

test('of the policies of a role only those are explained that an attachment made', () => {
  const after = { id: 'app', name: 'app', managed_policy_arns: ['arn:aws:iam::1:policy/read', 'arn:aws:iam::1:policy/admin'] };

  expect(unexplained('aws_iam_role', { id: 'app', name: 'app', managed_policy_arns: [] }, after, ['aws_iam_role_policy_attachment', { role: 'app', policy_arn: 'arn:aws:iam::1:policy/read' }])).toEqual(['managed_policy_arns[1]']);
});

test('a disk that was attached by a resource is explained, another one is not', () => {
  const after = { id: 'i-1', ebs_block_device: [{ volume_id: 'vol-1' }, { volume_id: 'vol-2' }] };

  expect(unexplained('aws_instance', { id: 'i-1', ebs_block_device: [] }, after, ['aws_volume_attachment', { instance_id: 'i-1', volume_id: 'vol-1' }])).toEqual(['ebs_block_device[1]']);
});

test('the same holds for what Pulumi calls these types', () => {
  const before = { id: 'sg-1', ingress: [] };
  const after = { id: 'sg-1', ingress: [{ fromPort: 443, toPort: 443, protocol: 'tcp', cidrBlocks: ['10.0.0.0/8'] }] };

  expect(unexplained('aws:ec2/securityGroup:SecurityGroup', before, after, ['aws:ec2/securityGroupRule:SecurityGroupRule', { securityGroupId: 'sg-1', type: 'ingress', fromPort: 443, toPort: 443, protocol: 'tcp', cidrBlocks: ['10.0.0.0/8'] }])).toEqual([]);
});

test('the rule can be switched off like any other', () => {
  expect(createChain(rules, new Set(['managed-elsewhere'])).siblings()).toEqual([]);
});

test('a policy of a role that is attached to several by one resource is explained for each of them', () => {
  const before = { id: 'app', name: 'app', managed_policy_arns: [] };
  const attachment: Sibling = ['aws_iam_policy_attachment', { roles: ['ops', 'app'], policy_arn: 'arn:p' }];

  expect(unexplained('aws_iam_role', before, { ...before, managed_policy_arns: ['arn:p'] }, attachment)).toEqual([]);
  expect(unexplained('aws_iam_role', before, { ...before, managed_policy_arns: ['arn:p', 'arn:admin'] }, attachment)).not.toEqual([]);
  expect(unexplained('aws_iam_role', before, { ...before, managed_policy_arns: ['arn:p'] }, ['aws_iam_policy_attachment', { roles: ['ops'], policy_arn: 'arn:p' }])).not.toEqual([]);
});

test('the domain of a user pool is told by its own resource', () => {
  const before = { id: 'pool-1', domain: '' };

  expect(unexplained('aws_cognito_user_pool', before, { ...before, domain: 'shop' }, ['aws_cognito_user_pool_domain', { user_pool_id: 'pool-1', domain: 'shop' }])).toEqual([]);
  expect(unexplained('aws_cognito_user_pool', before, { ...before, domain: 'shop' })).toEqual(['domain']);
});

test('the default security group, route table and network ACL are shared as those that were made are', () => {
  const route = { cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' };

  expect(unexplained('aws_default_security_group', group(), group(web), webRule)).toEqual([]);
  expect(unexplained('aws_default_route_table', { id: 'rtb-1', route: [] }, { id: 'rtb-1', route: [route] }, ['aws_route', { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0' }])).toEqual([]);
  expect(unexplained('aws_default_route_table', { id: 'rtb-1', route: [] }, { id: 'rtb-1', route: [route] }, ['aws_route', { route_table_id: 'rtb-1', destination_cidr_block: '10.0.0.0/8' }])).toHaveLength(1);
});

test('what an association gives to a network is told by the association', () => {
  const [before, after] = [{ id: 'vpc-1', dhcp_options_id: 'default' }, { id: 'vpc-1', dhcp_options_id: 'dopt-1' }];

  expect(unexplained('aws_vpc', before, after, ['aws_vpc_dhcp_options_association', { vpc_id: 'vpc-1', dhcp_options_id: 'dopt-1' }])).toEqual([]);
  expect(unexplained('aws_vpc', before, after, ['aws_vpc_dhcp_options_association', { vpc_id: 'vpc-2', dhcp_options_id: 'dopt-1' }])).toEqual(['dhcp_options_id']);
});

test('a target group is behind a load balancer because of a listener or a rule that names it, in whatever depth', () => {
  const [before, after] = [{ id: 'tg-1', arn: 'tg-1', load_balancer_arns: [] }, { id: 'tg-1', arn: 'tg-1', load_balancer_arns: ['lb-1'] }];
  const weighted = { load_balancer_arn: 'lb-1', default_action: [{ type: 'forward', forward: [{ target_group: [{ arn: 'tg-2' }, { arn: 'tg-1' }] }] }] };

  expect(unexplained('aws_lb_target_group', before, after, ['aws_lb_listener', weighted])).toEqual([]);
  expect(unexplained('aws_lb_target_group', before, after, ['aws_lb_listener_rule', { action: [{ target_group_arn: 'tg-1' }] }])).toEqual([]);
  expect(unexplained('aws_lb_target_group', before, after, ['aws_lb_listener', { ...weighted, load_balancer_arn: 'lb-2' }])).toHaveLength(1);
  expect(unexplained('aws_lb_target_group', before, after, ['aws_lb_listener', { ...weighted, default_action: [{ target_group_arn: 'tg-2' }] }])).toHaveLength(1);
});

test('a number of children is explained where the stack has as many, and one made by hand is not', () => {
  const targets = ['a', 'b'].map((id): Sibling => ['aws_efs_mount_target', { id, file_system_id: 'fs-1' }]);
  const after = (number: number): JsonObject => ({ id: 'fs-1', number_of_mount_targets: number });

  expect(unexplained('aws_efs_file_system', after(0), after(2), ...targets)).toEqual([]);
  expect(unexplained('aws_efs_file_system', after(2), after(1), ...targets)).toEqual([]); // the one that is gone says so itself
  expect(unexplained('aws_efs_file_system', after(0), after(3), ...targets)).toEqual(['number_of_mount_targets']);
});

test('a security group attached to a machine by a resource of its own is told there, and one attached by hand is not', () => {
  const machine = (...groups: readonly string[]): JsonObject => ({ id: 'i-1', primary_network_interface_id: 'eni-1', vpc_security_group_ids: groups });
  const attachment: Sibling = ['aws_network_interface_sg_attachment', { network_interface_id: 'eni-1', security_group_id: 'sg-2' }];

  expect(unexplained('aws_instance', machine('sg-1'), machine('sg-1', 'sg-2'), attachment)).toEqual([]);
  expect(unexplained('aws_instance', machine('sg-1'), machine('sg-1', 'sg-3'), attachment)).toEqual(['vpc_security_group_ids[1]']);
});
