import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AwsEmulator, awsSceneReason, startAwsEmulator } from '#test/harness/aws-emulator.ts';
import { deployToAws, whatCounts } from '#test/harness/aws-stack.ts';
import { fingerprintOfFolder } from '#test/harness/terraform-program.ts';

const reason = awsSceneReason();

/** What was changed by hand: the address, the property, and how it is ranked. */
const changed = [
  'aws_cloudwatch_log_group.app modified live_changed medium retention_in_days',
  'aws_dynamodb_table.orders modified live_changed high deletion_protection_enabled',
  'aws_iam_role.app modified live_changed critical assume_role_policy.Statement[0]',
  'aws_kms_key.data modified live_changed high enable_key_rotation',
  'aws_s3_bucket.logs modified live_changed low tags.team',
  'aws_s3_bucket_versioning.data modified live_changed high versioning_configuration[0].status',
  'aws_security_group.web modified live_changed critical ingress[0]',
  'aws_sns_topic.alarms missing live_changed high ',
  'aws_sqs_queue.jobs modified live_changed medium visibility_timeout_seconds',
  'aws_ssm_parameter.flag modified live_changed medium value',
];

describe.skipIf(reason !== '')(`a shop in AWS, by a real plan of the real provider against an emulator${reason}`, () => {
  let emulator: AwsEmulator;

  beforeAll(async () => {
    emulator = await startAwsEmulator();
  });
  afterAll(() => emulator?.end());

  test('everything that was changed by hand is found and nothing else, where terraform itself names many more; nothing is written', { timeout: 300_000 }, async () => {
    const { folder, ids, scan, driftByTerraform, shownUnder } = await deployToAws(emulator, join(import.meta.dirname, 'terraform-live-aws.tf'));
    expect([ids.size, new Set([...ids.keys()].map((address) => address.split('.')[0])).size]).toEqual([23, 19]);
    await changeByHand(emulator, ids);
    await rewriteInOtherWords(emulator, ids);
    const before = fingerprintOfFolder(folder);

    const { findings, error, ledger } = await scan();

    expect([error, ledger.gaps, ledger.checked]).toEqual([null, [], 23]);
    expect(fingerprintOfFolder(folder)).toBe(before);
    expect(whatCounts(findings)).toEqual(changed);
    expect(await driftByTerraform()).toBeGreaterThan(changed.length);
    expect(await shownUnder()).toMatch(/dev_overrides \{\n\s+"registry\.terraform\.io\/hashicorp\/aws"/); // which the plan has compared with its checksum
  });
});

async function changeByHand({ query, json, s3 }: AwsEmulator, ids: ReadonlyMap<string, string>): Promise<void> {
  const id = (address: string): string => ids.get(address) ?? '';
  await query('ec2', '2016-11-15', 'AuthorizeSecurityGroupIngress', { GroupId: id('aws_security_group.web'), 'IpPermissions.1.IpProtocol': 'tcp', 'IpPermissions.1.FromPort': '22', 'IpPermissions.1.ToPort': '22', 'IpPermissions.1.IpRanges.1.CidrIp': '0.0.0.0/0' });
  await s3('PUT', '/shop-data?versioning', '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Suspended</Status></VersioningConfiguration>');
  await s3('PUT', '/shop-logs?tagging', '<Tagging><TagSet><Tag><Key>team</Key><Value>nobody</Value></Tag></TagSet></Tagging>');
  await query('sqs', '2012-11-05', 'SetQueueAttributes', { QueueUrl: id('aws_sqs_queue.jobs'), 'Attribute.1.Name': 'VisibilityTimeout', 'Attribute.1.Value': '600' });
  await json('logs', 'Logs_20140328.PutRetentionPolicy', { logGroupName: '/shop/app', retentionInDays: 1 });
  await json('kms', 'TrentService.DisableKeyRotation', { KeyId: id('aws_kms_key.data') });
  await query('iam', '2010-05-08', 'UpdateAssumeRolePolicy', { RoleName: 'shop-app', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } }, { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }] }) });
  await json('ssm', 'AmazonSSM.PutParameter', { Name: '/shop/flag', Value: 'on', Type: 'String', Overwrite: true });
  await json('dynamodb', 'DynamoDB_20120810.UpdateTable', { TableName: 'orders', DeletionProtectionEnabled: false });
  await query('sns', '2010-03-31', 'DeleteTopic', { TopicArn: id('aws_sns_topic.alarms') });
}

/** The same policies with keys, actions and statements in another order, and one value in place of a list of one. */
async function rewriteInOtherWords({ query, s3 }: AwsEmulator, ids: ReadonlyMap<string, string>): Promise<void> {
  await s3('PUT', '/shop-data?policy', JSON.stringify({ Statement: [{ Resource: ['arn:aws:s3:::shop-data/*', 'arn:aws:s3:::shop-data'], Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': ['false'] } }, Effect: 'Deny', Action: ['s3:*'], Sid: 'TlsOnly' }], Version: '2012-10-17' }));
  await query('iam', '2010-05-08', 'UpdateAssumeRolePolicy', { RoleName: 'shop-batch', PolicyDocument: '{ "Statement": { "Principal": { "Service": ["batch.amazonaws.com"] },\n "Effect": "Allow", "Action": ["sts:AssumeRole"] }, "Version": "2012-10-17" }' });
  await query('iam', '2010-05-08', 'CreatePolicyVersion', { PolicyArn: ids.get('aws_iam_policy.read') ?? '', SetAsDefault: 'true', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Action: ['s3:ListBucket', 's3:GetObject'], Resource: '*', Effect: 'Allow' }] }) });
}
