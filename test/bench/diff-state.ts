import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Json, JsonObject } from '#proto/domain/json.ts';

/** Writes a Terraform state of so many resources, about 2 KB each; a changed copy differs in some for real and in some not. */
export async function writeState(file: string, resources: number, copy: 'original' | 'changed'): Promise<void> {
  const out = createWriteStream(file);
  const write = async (text: string): Promise<void> => {
    if (!out.write(text)) await once(out, 'drain');
  };
  await write('{"version":4,"terraform_version":"1.9.0","serial":7,"lineage":"0b9bd0bd-3b1c-4e6d-9f0d-6f6f0f9d5a11","outputs":{},"resources":[');
  for (let index = 0; index < resources; index += 1) await write(`${index === 0 ? '' : ','}${JSON.stringify(block(index, copy))}`);
  await write('],"check_results":null}\n');
  out.end();
  await once(out, 'finish');
}

/** One resource in a hundred is changed for real, one in twenty is written another way. */
function block(index: number, copy: 'original' | 'changed'): JsonObject {
  const isChanged = copy === 'changed' && index % 100 === 42;
  const isRewritten = copy === 'changed' && index % 20 === 7;
  const { type, attributes } = kinds[index % kinds.length]?.(index, isChanged, isRewritten) ?? { type: 'null_resource', attributes: {} };
  return {
    mode: 'managed',
    type,
    name: `r${index}`,
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [{ schema_version: 1, attributes, sensitive_attributes: [], private: 'eyJzY2hlbWFfdmVyc2lvbiI6IjEifQ==', dependencies: [`aws_vpc.r${index % 50}`] }],
  };
}

interface Kind {
  readonly type: string;
  readonly attributes: JsonObject;
}

const kinds: readonly ((index: number, isChanged: boolean, isRewritten: boolean) => Kind)[] = [
  (index, isChanged, isRewritten) => ({ type: 'aws_security_group', attributes: { ...common('sg', index, isRewritten), name: `group-${index}`, vpc_id: `vpc-${index % 50}`, ingress: rules(index, isChanged), egress: rules(index + 1, false) } }),
  (index, isChanged, isRewritten) => ({ type: 'aws_instance', attributes: { ...common('i', index, isRewritten), ami: 'ami-0a1b2c3d', instance_type: isChanged ? 't3.large' : 't3.small', ...filler(index, 30), root_block_device: [{ volume_size: 20, encrypted: true, volume_id: `vol-${index}`, tags: isRewritten ? {} : null }] } }),
  (index, isChanged, isRewritten) => ({ type: 'aws_iam_policy', attributes: { ...common('policy', index, isRewritten), name: `policy-${index}`, policy: policy(index, isChanged, isRewritten), ...filler(index, 16) } }),
  (index, isChanged, isRewritten) => ({ type: 'aws_s3_bucket', attributes: { ...common('bucket', index, isRewritten), bucket: `bucket-${index}`, versioning: [{ enabled: !isChanged, mfa_delete: false }], ...filler(index, 28) } }),
];

function common(prefix: string, index: number, isRewritten: boolean): JsonObject {
  return {
    id: `${prefix}-${index.toString(16).padStart(12, '0')}`,
    arn: `arn:aws:ec2:eu-west-1:123456789012:${prefix}/${index}`,
    tags: isRewritten ? {} : null,
    tags_all: { team: `team-${index % 40}`, env: 'prod', cost_center: String(index % 17) },
    timeouts: null,
  };
}

function filler(index: number, count: number): JsonObject {
  return Object.fromEntries(Array.from({ length: count }, (_, at): [string, Json] => [`attribute_${at}`, at % 3 === 0 ? null : `value ${index} of attribute ${at}, as providers like to write it`]));
}

function rules(index: number, isChanged: boolean): Json {
  const list = Array.from({ length: 4 }, (_, at): JsonObject => ({
    from_port: 8000 + at, to_port: 8000 + at, protocol: 'tcp', cidr_blocks: [`10.${index % 250}.${at}.0/24`], ipv6_cidr_blocks: [], prefix_list_ids: [], security_groups: [], self: false, description: `rule ${at} of ${index}`,
  }));
  return isChanged ? [...list.toReversed(), { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'], ipv6_cidr_blocks: [], prefix_list_ids: [], security_groups: [], self: false, description: '' }] : list;
}

function policy(index: number, isChanged: boolean, isRewritten: boolean): string {
  const statement = { Sid: 'Read', Effect: 'Allow', Action: isChanged ? ['s3:*'] : ['s3:GetObject', 's3:ListBucket'], Resource: [`arn:aws:s3:::bucket-${index}`, `arn:aws:s3:::bucket-${index}/*`] };
  const document = { Version: '2012-10-17', Statement: [statement, { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] };
  return JSON.stringify(document, null, isRewritten ? 2 : 0);
}
