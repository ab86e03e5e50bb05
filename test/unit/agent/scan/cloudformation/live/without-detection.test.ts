import { afterEach, describe, expect, test, vi } from 'vitest';
import { AwsRefusal } from '#test/fakes/aws-query.ts';
import { fakeCloudFormation, type FakeBehaviour, type FakeStack } from '#test/fakes/cloudformation.ts';
import { scanOneStack, useAwsAt } from '#test/harness/cloudformation-scan.ts';
import { makeFolder } from '#test/harness/folder.ts';

const template = JSON.stringify({
  Parameters: { Size: { Type: 'Number', Default: 128 } },
  Resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: { Ref: 'Size' }, Timeout: 900, Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } } },
});
const drift = { LogicalResourceId: 'Fn', ResourceType: 'AWS::Lambda::Function', StackResourceDriftStatus: 'MODIFIED', ExpectedProperties: '{"MemorySize":256,"Timeout":900}', ActualProperties: '{"MemorySize":256,"Timeout":22}' };
const shop: FakeStack = { name: 'shop', parameters: { Size: '256' }, resources: [{ id: 'Fn', type: 'AWS::Lambda::Function', physicalId: 'fn-1' }, { id: 'Odd', type: 'Custom::Odd' }], drifts: [drift], template };

afterEach(() => void vi.unstubAllEnvs());

describe('without the permission to detect drift', () => {
  test('the template is compared with what the last detection recorded, and the ledger says since when', async () => {
    await cloud([{ ...shop, last: [drift] }], deny('DetectStackDrift'));

    const { against, sightings, gaps } = await scanOneStack();

    expect(against).toBe('code');
    expect(sightings[0]?.sides).toMatchObject({ code: { values: { MemorySize: '256', Timeout: 900 }, unknown: [['Role']], partial: true }, recorded: { values: { MemorySize: 256 } }, live: { values: { Timeout: 22 } } });
    expect(gaps).toEqual([
      { address: '*', state: 'stale', reason: 'cloudformation:DetectStackDrift is not allowed to these credentials; what is there is told as the last detection saw it, at 2026-05-01T10:00:00.000Z' },
      { address: 'Odd', state: 'unsupported', reason: 'AWS cannot check Custom::Odd for drift' },
    ]);
  });

  test('the template in a file is compared with the one that was deployed', async () => {
    const folder = await makeFolder({ 'shop.yaml': 'Resources:\n  Fn:\n    Type: AWS::Lambda::Function\n    Properties: {MemorySize: 512}\n  New:\n    Type: AWS::SQS::Queue\n' });
    await cloud([shop], deny('DetectStackDrift', 'DescribeStackResourceDrifts'));

    const { against, sightings, gaps } = await scanOneStack({ settings: { accounts: [{ templates: { shop: `${folder}/shop.yaml` } }] } });

    expect(against).toBe('code');
    expect(sightings.map(({ address, sides }) => [address, sides.code?.values, sides.recorded?.values])).toEqual([
      ['Fn', { MemorySize: 512 }, expect.objectContaining({ MemorySize: '256' })],
      ['New', {}, undefined],
    ]);
    expect(gaps.map(({ address, state }) => [address, state])).toEqual([['*', 'stale'], ['Odd', 'unsupported']]);
  });

  test('what a template in a file leaves out is taken away, since nothing else is compared', async () => {
    const folder = await makeFolder({ 'shop.yaml': 'Resources:\n  Fn:\n    Type: AWS::Lambda::Function\n    Properties: {MemorySize: 256}\n' });
    await cloud([shop], deny('DetectStackDrift', 'DescribeStackResourceDrifts'));

    const { sightings } = await scanOneStack({ settings: { accounts: [{ templates: { shop: `${folder}/shop.yaml` } }] } });

    expect(sightings[0]?.sides).toMatchObject({ code: { values: { MemorySize: 256 }, partial: false }, recorded: { values: { Timeout: 900 } } });
  });

  test('with nothing to compare with, each resource says so', async () => {
    await cloud([shop], deny('DetectStackDrift', 'DescribeStackResourceDrifts'));

    const { sightings, gaps } = await scanOneStack();

    expect(sightings).toEqual([]);
    expect(gaps.map(({ address, state }) => [address, state])).toEqual([['Fn', 'unsupported'], ['Odd', 'unsupported']]);
  });

  test('the refusal of one stack is not tried again on those nested in it', async () => {
    const inner = { name: 'inner', parent: 'shop', resources: [] };
    const { actions } = await cloud([{ ...shop, resources: [{ id: 'In', type: 'AWS::CloudFormation::Stack', physicalId: 'inner' }] }, inner], deny('DetectStackDrift'));

    await scanOneStack();

    expect(actions().filter((action) => action === 'DetectStackDrift')).toHaveLength(1);
  });
});

test('a stack in a state that AWS does not look at says which', async () => {
  await cloud([{ ...shop, status: 'UPDATE_IN_PROGRESS' }]);

  const { gaps } = await scanOneStack();

  expect(gaps.map(({ reason }) => reason)).toEqual(expect.arrayContaining([expect.stringContaining('a stack that is UPDATE_IN_PROGRESS')]));
});

test('--against code asks for no detection', async () => {
  const { actions } = await cloud([{ ...shop, last: [drift] }]);

  await scanOneStack({ against: { side: 'code' } });

  expect(actions()).not.toContain('DetectStackDrift');
});

test('a template in a file stands beside what AWS found: what was never applied is told apart from what drifted', async () => {
  const folder = await makeFolder({ 'shop.json': JSON.stringify({ Resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 1024 } } } }) });
  await cloud([shop]);

  const { against, sightings } = await scanOneStack({ path: 'cloudformation://default/eu-west-1/shop', against: { side: 'file', path: `${folder}/shop.json` } });

  expect(against).toBe('live');
  expect(sightings[0]?.sides).toMatchObject({ code: { values: { MemorySize: 1024 } }, recorded: { values: { MemorySize: 256 } }, live: { values: { MemorySize: 256, Timeout: 22 } } });
});

async function cloud(stacks: readonly FakeStack[], before?: FakeBehaviour['before']) {
  const fake = await fakeCloudFormation(stacks, before === undefined ? {} : { before });
  useAwsAt(fake.url);
  return fake;
}

function deny(...actions: readonly string[]): NonNullable<FakeBehaviour['before']> {
  return ({ action }) => {
    if (actions.includes(action)) throw new AwsRefusal('AccessDenied', `User: arn:aws:iam::123456789012:user/x is not authorized to perform: cloudformation:${action} on resource: arn:aws:…`, 403);
  };
}
