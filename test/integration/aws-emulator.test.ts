import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPulumiScanner } from '#agent/scan/pulumi/pulumi-scanner.ts';
import type { Sighting } from '#proto/domain/resource.ts';
import { type AwsEmulator, startAwsEmulator } from '#test/harness/aws-emulator.ts';
import { scanOneStack, scanStacks, useAwsAt } from '#test/harness/cloudformation-scan.ts';
import { makeFolder } from '#test/harness/folder.ts';
import { scanOne, stateOf } from '#test/harness/terraform.ts';
import { onPath } from '#test/harness/terraform-program.ts';

const noEmulator = onPath('moto_server') === undefined ? ' [not run: moto_server on PATH]' : '';
const role = 'arn:aws:iam::222222222222:role/read';

describe.skipIf(noEmulator !== '')(`an emulator of AWS${noEmulator}`, () => {
  let emulator: AwsEmulator;
  let s3: S3Client;

  beforeAll(async () => {
    emulator = await startAwsEmulator();
    s3 = new S3Client({ region: 'us-east-1', endpoint: emulator.url, credentials: { accessKeyId: 'x', secretAccessKey: 'x' }, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'states' }));
  });
  afterAll(() => emulator.end());
  beforeEach(() => useAwsAt(emulator.url, 'us-east-1'));
  afterEach(() => void vi.unstubAllEnvs());

  describe('CloudFormation', () => {
    const template = { Parameters: { Delay: { Type: 'Number', Default: 1 } }, Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders', DelaySeconds: { Ref: 'Delay' } } }, Topic: { Type: 'AWS::SNS::Topic' } } };

    beforeAll(async () => {
      for (const region of ['us-east-1', 'eu-west-1']) {
        const client = new CloudFormationClient({ region, endpoint: emulator.url, credentials: { accessKeyId: 'x', secretAccessKey: 'x' } });
        await client.send(new CreateStackCommand({ StackName: 'shop', TemplateBody: JSON.stringify(template), Parameters: [{ ParameterKey: 'Delay', ParameterValue: '5' }] }));
      }
    });

    test('stacks of each region are found and read, and a service without drift detection is told as one', async () => {
      const scanned = await scanStacks({ settings: { accounts: [{ regions: ['us-east-1', 'eu-west-1'] }] } });

      expect(scanned.map((one) => ('error' in one ? one.error : [one.id, one.sightings.length, one.gaps.map(({ address, state }) => `${address} ${state}`)]))).toEqual([
        ['cloudformation:123456789012:us-east-1:shop', 0, ['Queue unreadable', 'Topic unreadable']],
        ['cloudformation:123456789012:eu-west-1:shop', 0, ['Queue unreadable', 'Topic unreadable']],
      ]);
    });

    test('another account is entered by its role', async () => {
      const scanned = await scanStacks({ settings: { accounts: [{ name: 'other', role, externalId: 'ours', stacks: ['shop'] }] } });

      expect(scanned).toMatchObject([{ error: { code: 'stack-missing' } }]); // moto keeps accounts apart: the role was taken
    });

    test('a template in a file is compared with the deployed one', async () => {
      const folder = await makeFolder({ 'shop.yaml': 'Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: orders, DelaySeconds: 7}\n' });

      const { sightings, gaps } = await scanOneStack({ path: 'cloudformation://default/us-east-1/shop', against: { side: 'file', path: `${folder}/shop.yaml` } });

      expect(sightings.map(({ address, sides }) => [address, sides.code?.values ?? null, sides.recorded?.values])).toEqual([
        ['Queue', { QueueName: 'orders', DelaySeconds: 7 }, { QueueName: 'orders', DelaySeconds: '5' }],
        ['Topic', null, {}],
      ]);
      expect(gaps).toMatchObject([{ address: '*', state: 'unreadable', reason: expect.stringContaining('does not know drift detection') as unknown }]);
    });
  });

  describe('the s3 backend of Terraform', () => {
    test.each([
      ['by its key', 'default', 'net/terraform.tfstate', ''],
      ['in a workspace', 'prod', 'env:/prod/net/terraform.tfstate', ''],
      ['in a workspace under a prefix of its own', 'prod', 'ws/prod/net/terraform.tfstate', 'workspace_key_prefix = "ws"'],
      ['through a role', 'default', 'net/terraform.tfstate', `assume_role = { role_arn = "${role.replace('222222222222', '123456789012')}", session_name = "x" }`],
      ['through a role of the older kind', 'default', 'net/terraform.tfstate', `role_arn = "${role.replace('222222222222', '123456789012')}"`],
      ['with keys of its own', 'default', 'net/terraform.tfstate', 'access_key = "a"\nsecret_key = "b"'],
    ])('is read %s', async (_, workspace, key, more) => {
      await put(key, stateOf({ 'test.x': { n: 1 } }));
      const folder = await makeFolder({ 'main.tf': code(more), '.terraform/environment': workspace });

      const { stack, sightings } = await scanOne(folder);

      expect([stack.against, stack.lineage]).toEqual(['code', 'test-lineage']);
      expect(sightings.map(({ sides }) => [sides.code?.values, sides.recorded?.values])).toEqual([[{ n: 2 }, { n: 1 }]]);
    });

    test('is read where an endpoint is named in the code alone', async () => {
      await put('own/terraform.tfstate', stateOf({ 'test.x': {} }));
      useAwsAt('http://127.0.0.1:1');
      const folder = await makeFolder({ 'main.tf': code(`endpoints = {\n s3 = "${emulator.url}"\n}`).replace('net/', 'own/') });

      expect((await scanOne(folder)).stack.against).toBe('code');
    });

    test('is read with a key of the customer (SSE-C)', async () => {
      const key = randomBytes(32);
      const customer = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: key.toString('base64'), SSECustomerKeyMD5: createHash('md5').update(key).digest('base64') };
      await s3.send(new PutObjectCommand({ Bucket: 'states', Key: 'sse/terraform.tfstate', Body: stateOf({ 'test.x': {} }), ...customer }));
      const folder = await makeFolder({ 'main.tf': code('').replace('net/', 'sse/') });

      expect((await scanOne(folder, { env: { AWS_SSE_CUSTOMER_KEY: customer.SSECustomerKey } })).stack.against).toBe('code');
    });

    test('a key of the customer goes to no endpoint that only the code names', async () => {
      const folder = await makeFolder({ 'main.tf': code(`endpoints = {\n s3 = "${emulator.url}"\n}`) });

      await expect(scanOne(folder, { env: { AWS_SSE_CUSTOMER_KEY: randomBytes(32).toString('base64') } })).rejects.toMatchObject({ code: 'backend-insecure' });
    });

    test('a state that was never written is a gap, a bucket that is not there an error', async () => {
      const unwritten = await makeFolder({ 'main.tf': code('').replace('net/', 'never/') });
      const unmade = await makeFolder({ 'main.tf': code('').replace('"states"', '"unmade"') });

      expect((await scanOne(unwritten)).gaps).toMatchObject([{ address: 'test.x', state: 'stale', reason: 'the code asks for it; there is no state in s3://states/never/terraform.tfstate yet' }]);
      await expect(scanOne(unmade)).rejects.toMatchObject({ code: 'object-missing', facts: { answer: 'NoSuchBucket' } });
    });

    test('a state is read by its URL', async () => {
      await put('url/terraform.tfstate', stateOf({ 'test.x': { n: 1 } }));

      const { target, gaps } = await scanOne('s3://states/url/terraform.tfstate');

      expect(target).toMatchObject({ form: 'terraform-object', path: 's3://states/url/terraform.tfstate' });
      expect(gaps).toMatchObject([{ address: 'test.x', state: 'stale' }]);
    });
  });

  describe('the s3 backend of Pulumi', () => {
    const checkpoint = JSON.stringify({ version: 3, checkpoint: { stack: 'dev', latest: { resources: [{ urn: 'urn:pulumi:dev::shop::aws:sqs/queue:Queue::q', custom: true, id: 'q-1', type: 'aws:sqs/queue:Queue', inputs: { delaySeconds: 1 }, outputs: { delaySeconds: 5 } }] } } });

    test.each([
      ['in its project', 'infra/.pulumi/stacks/shop/dev.json', checkpoint],
      ['packed', 'packed/.pulumi/stacks/shop/dev.json.gz', gzipSync(checkpoint)],
      ['in a backend from before projects', 'old/.pulumi/stacks/dev.json', checkpoint],
    ])('is read %s', async (_, key, body) => {
      await put(key, body);
      const folder = await makeFolder({ 'Pulumi.yaml': `name: shop\nruntime: yaml\nbackend:\n  url: s3://states/${key.split('/')[0]}?region=us-east-1&s3ForcePathStyle=true\n` });

      const { id, sightings } = await openPulumi(folder);

      expect(id).toBe('pulumi:shop/dev');
      expect(sightings.map(({ sides }) => [sides.code?.values, sides.recorded?.values])).toEqual([[{ delaySeconds: 1 }, { delaySeconds: 5 }]]);
    });

    test('is read by the URL of a checkpoint, and by what `pulumi login` chose', async () => {
      await put('home/.pulumi/stacks/shop/dev.json', checkpoint);
      const folder = await makeFolder({ 'Pulumi.yaml': 'name: shop\nruntime: yaml\n', '.home/credentials.json': JSON.stringify({ current: `s3://states/home?endpoint=${emulator.url}`, accessTokens: {} }) });

      const login = await openPulumi(folder, { PULUMI_HOME: `${folder}/.home` });
      const url = await openPulumi('s3://states/home/.pulumi/stacks/shop/dev.json');

      expect([login.id, url.id]).toEqual(['pulumi:shop/dev', 'pulumi:shop/dev']);
    });
  });

  async function put(key: string, body: string | Uint8Array): Promise<void> {
    await s3.send(new PutObjectCommand({ Bucket: 'states', Key: key, Body: body }));
  }

  async function openPulumi(path: string, env: Readonly<Record<string, string>> = {}) {
    const scanner = createPulumiScanner();
    const { signal } = new AbortController();
    const [target] = await scanner.find(path, signal);
    if (target === undefined) throw new Error('not found');
    const stack = await scanner.open(target, { against: { side: 'best' }, timeoutMs: 30_000, env }, signal);
    return { id: stack.id, sightings: [...(stack.sightings() as Iterable<Sighting>)] };
  }
});

function code(more: string): string {
  return `terraform {\n  backend "s3" {\n    bucket = "states"\n    key    = "net/terraform.tfstate"\n    region = "us-east-1"\n    dynamodb_table = "locks"\n    encrypt = true\n    ${more}\n  }\n}\nresource "test" "x" {\n  n = 2\n}\n`;
}
