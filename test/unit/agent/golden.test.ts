import { expect, test } from 'vitest';
import { scanStack } from '#agent/pipeline.ts';
import type { Sighting } from '#proto/domain/resource.ts';
import { side, sighting } from './diff/sighting.ts';
import { createStages, options, scannerOf, target } from './stages.ts';

const policy = (...actions: readonly string[]): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });

/** A small estate after a busy night: four real changes, the rest rewriting of the same meaning. */
const estate: readonly Sighting[] = [
  sighting(
    {
      recorded: side({ name: 'web', tags: null, tags_all: {}, ingress: [{ from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: ['10.0.0.0/8'], description: '' }] }),
      live: side({
        name: 'web', tags: {}, tags_all: null,
        ingress: [{ from_port: '443', to_port: 443, protocol: 'tcp', cidr_blocks: ['10.0.0.0/8'], description: null }, { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'], description: 'tmp' }],
      }),
    },
    { address: 'aws_security_group.web', type: 'aws_security_group' },
  ),
  sighting({ code: side({ policy: policy('s3:GetObject') }, { partial: true }), recorded: side({ policy: policy('s3:GetObject') }), live: side({ policy: policy('s3:PutObject', 'S3:getobject') }) }, { address: 'aws_iam_policy.read', type: 'aws_iam_policy' }),
  sighting({ recorded: side({ password: 'old-master-password', size: 20 }, { sensitive: [['password']] }), live: side({ password: 'new-master-password', size: 20 }, { sensitive: [['password']] }) }, { address: 'aws_db_instance.main', type: 'aws_db_instance' }),
  sighting({ code: side({}), recorded: side({}), live: null }, { address: 'aws_s3_bucket.logs', type: 'aws_s3_bucket' }),
  sighting({ recorded: side({ subnets: ['a', 'b'], tags: null }), live: side({ subnets: ['b', 'a'], tags: {} }) }, { address: 'aws_lb.front', type: 'aws_lb' }),
  sighting({ recorded: side({ a: 1 }), live: side({ a: 1 }) }, { address: 'module.new.aws_vpc.main', type: 'aws_vpc', movedFrom: 'aws_vpc.main' }),
  sighting({ recorded: side({ a: 1 }), live: side({ a: 1 }) }, { address: 'aws_vpc.quiet', type: 'aws_vpc' }),
];

test('the report of a small estate is the one on file', async () => {
  const scanner = scannerOf(estate, { gaps: [{ address: 'aws_acme_thing.x', state: 'unsupported', reason: 'The provider cannot read it.' }] });

  const report = await scanStack(target(), { scanner, options, stages: createStages() }, AbortSignal.timeout(10_000));

  await expect(`${JSON.stringify(report, null, 2)}\n`).toMatchFileSnapshot('../../golden/pipeline/report.json');
});
