import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AwsRefusal } from '#test/fakes/aws-query.ts';
import { fakeCloudFormation, type FakeStack } from '#test/fakes/cloudformation.ts';
import { runAgent } from '#test/harness/agent-executable.ts';
import { makeFolder } from '#test/harness/folder.ts';

const Scan = z.object({
  stacks: z.array(z.object({ id: z.string(), kind: z.string(), against: z.string(), ledger: z.object({ checked: z.number(), unsupported: z.number(), throttled: z.number() }), findings: z.array(z.object({ address: z.string(), change: z.string(), cause: z.string(), noise: z.boolean() })) })),
});

const database = {
  LogicalResourceId: 'Db',
  ResourceType: 'AWS::RDS::DBInstance',
  StackResourceDriftStatus: 'MODIFIED',
  ExpectedProperties: '{"StorageEncrypted":true,"MasterUserPassword":"tr0ub4dor-and-3","Tags":[{"Key":"team","Value":"a"}]}',
  ActualProperties: '{"StorageEncrypted":true,"MasterUserPassword":"tr0ub4dor-and-4","Tags":[{"Key":"aws:x","Value":"y"},{"Key":"team","Value":"a"}]}',
};
const queue = { LogicalResourceId: 'Queue', ResourceType: 'AWS::SQS::Queue', StackResourceDriftStatus: 'DELETED', ExpectedProperties: '{"QueueName":"orders"}' };
const topic = { LogicalResourceId: 'Topic', ResourceType: 'AWS::SNS::Topic', StackResourceDriftStatus: 'IN_SYNC', ExpectedProperties: '{}' };
const shop: FakeStack = {
  name: 'shop',
  resources: [database, queue, topic].map(({ LogicalResourceId: id, ResourceType: type }) => ({ id, type })).concat({ id: 'Odd', type: 'Custom::Odd' }),
  drifts: [database, queue, topic],
};

describe('dd0c-agent scan', () => {
  test('finds the stacks that dd0c.yaml declares, and a secret that drifted is seen as drift and never as a value', async () => {
    const { url } = await fakeCloudFormation([shop]);

    const { code, out, err } = await scan(url, ['--format', 'json']);

    expect({ code, err }).toEqual({ code: 2, err: '' });
    expect(out).not.toContain('tr0ub4dor');
    expect(Scan.parse(JSON.parse(out)).stacks).toMatchObject([
      {
        id: 'cloudformation:123456789012:eu-west-1:shop',
        kind: 'cloudformation',
        against: 'live',
        ledger: { checked: 3, unsupported: 1 },
        findings: [
          { address: 'Db', change: 'modified', cause: 'live_changed', noise: false },
          { address: 'Queue', change: 'missing', cause: 'live_changed', noise: false },
        ],
      },
    ]);
  });

  test('stacks in sync are not in sync where others were throttled: the exit code is 1', async () => {
    const { url } = await fakeCloudFormation([{ ...shop, drifts: [topic] }], { before: ({ action }, nth) => void (action === 'DetectStackDrift' && nth > 0 && refuse()) });

    const { code, out } = await scan(url, ['--format', 'json'], 'requests: 5');

    expect([code, Scan.parse(JSON.parse(out)).stacks[0]?.ledger]).toEqual([1, expect.objectContaining({ checked: 0, throttled: 4 })]);
  });

  test('--list names the stacks and opens none', async () => {
    const { url, actions } = await fakeCloudFormation([shop]);

    const { code, out } = await scan(url, ['--list', '--format', 'json']);

    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ stacks: [expect.objectContaining({ form: 'cloudformation-stack', path: 'cloudformation://default/eu-west-1/shop' })], passedOver: [], errors: [] })]);
    expect(actions()).toEqual(['ListStacks']);
  });

  test('what is not allowed is told with the permission to ask for', async () => {
    const { url } = await fakeCloudFormation([shop], { before: ({ action }) => void (action === 'ListStacks' && refuse('AccessDenied')) });

    const { code, out } = await scan(url, []);

    expect(code).toBe(1);
    expect(out).toMatch(/aws-denied[\s\S]*cloudformation:ListStacks/);
  });
});

async function scan(url: string, args: readonly string[], settings = '') {
  const folder = await makeFolder({ 'dd0c.yaml': `version: 1\ncloudformation:\n  ${settings === '' ? '' : `${settings}\n  `}accounts: [{ regions: [eu-west-1] }]\n` });
  const env = { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'test', AWS_EC2_METADATA_DISABLED: 'true' };
  return runAgent(process.execPath, [new URL('../../agent/main.ts', import.meta.url).pathname, 'scan', ...args], { cwd: folder, env });
}

function refuse(code = 'Throttling'): never {
  throw new AwsRefusal(code, 'no', code === 'Throttling' ? 400 : 403);
}
