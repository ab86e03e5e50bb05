import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { AwsRefusal } from '#test/fakes/aws-query.ts';
import { fakeCloudFormation, type FakeBehaviour, type FakeStack, stackIdOf } from '#test/fakes/cloudformation.ts';
import { scanOneStack, scanStacks, useAwsAt } from '#test/harness/cloudformation-scan.ts';
import { makeFolder } from '#test/harness/folder.ts';
import { corpus } from '#test/harness/corpus.ts';

const fn = { id: 'Fn', type: 'AWS::Lambda::Function', physicalId: 'fn-1' };
const odd = { id: 'Odd', type: 'Custom::Odd', physicalId: 'odd-1' };
const modified = { LogicalResourceId: 'Fn', PhysicalResourceId: 'fn-1', ResourceType: fn.type, StackResourceDriftStatus: 'MODIFIED', ExpectedProperties: '{"Timeout":900}', ActualProperties: '{"Timeout":22}' };
const shop: FakeStack = { name: 'shop', resources: [fn, odd], drifts: [modified] };

afterEach(() => void vi.unstubAllEnvs());

describe('drift detection', () => {
  test('is started, waited for less and less often, and collected; what AWS left out is named', async () => {
    const waits: number[] = [];
    const { actions } = await cloud([shop], { pollsUntilDone: 3 });

    const { id, against, sightings, gaps } = await scanOneStack({ wait: (ms) => waits.push(ms) });

    expect([id, against]).toEqual(['cloudformation:123456789012:eu-west-1:shop', 'live']);
    expect(sightings.map(({ address, sides }) => [address, sides.recorded?.values, sides.live?.values])).toEqual([['Fn', { Timeout: 900 }, { Timeout: 22 }]]);
    expect(gaps).toEqual([{ address: 'Odd', state: 'unsupported', reason: 'AWS cannot check Custom::Odd for drift' }]);
    expect(actions().filter((action) => action === 'DescribeStackDriftDetectionStatus')).toHaveLength(4);
    expect(waits).toEqual([1_000, 1_500, 2_250, 3_375]);
  });

  test('waits for one that somebody else has begun, and then makes its own', async () => {
    let isBusy = true;
    const { actions } = await cloud([shop], {
      before: ({ action }) => {
        if (action !== 'DetectStackDrift' || !isBusy) return;
        isBusy = false;
        throw new AwsRefusal('ValidationError', `Drift detection is already in progress for stack [${stackIdOf('shop')}]`);
      },
    });

    const { sightings } = await scanOneStack();

    expect(sightings).toHaveLength(1);
    expect(actions().filter((action) => action === 'DetectStackDrift')).toHaveLength(2);
  });

  test('every page of stacks, resources and drifts is read', async () => {
    const resources = Array.from({ length: 7 }, (_, index) => ({ ...fn, id: `Fn${index}` }));
    const names = ['a', 'b', 'c', 'd', 'e'];
    await cloud(names.map((name) => ({ name, resources, drifts: resources.map(({ id }) => ({ ...modified, LogicalResourceId: id })) })), { pageSize: 2 });

    const scanned = await scanStacks();

    expect(scanned.map((one) => ('error' in one ? one.error : one.sightings.length))).toEqual([7, 7, 7, 7, 7]);
  });

  test('is started ahead on the next stacks, once on each, and a failure to do so is told by the stack itself', async () => {
    const stacks = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => ({ ...shop, name }));
    const { requests } = await cloud(stacks, {
      pollsUntilDone: 2,
      before: ({ action, params }) => {
        if (action === 'DetectStackDrift' && (params['StackName'] ?? '').endsWith('c')) throw new AwsRefusal('Throttling', 'Rate exceeded');
        if (action === 'DetectStackDrift' && (params['StackName'] ?? '').includes('/c/')) throw new AwsRefusal('AccessDenied', 'no', 403);
      },
    });

    const scanned = await scanStacks();

    const started = requests.flatMap(({ action, params }, at) => (action === 'DetectStackDrift' ? [{ at, stack: (params['StackName'] ?? '').replace(/.*stack\/|\/.*/g, '').replace(/^arn.*stack./, '') }] : []));
    const firstDone = requests.findIndex(({ action }) => action === 'DescribeStackResourceDrifts');
    expect(started.filter(({ at }) => at < firstDone).map(({ stack }) => stack)).toEqual(expect.arrayContaining(['a', 'b', 'd', 'e']));
    expect(Object.entries(Object.groupBy(started, ({ stack }) => stack)).filter(([name, each]) => name !== 'c' && each?.length !== 1)).toEqual([]);
    expect(scanned.map((one) => ('error' in one ? one.error : one.against))).toEqual(['live', 'live', 'code', 'live', 'live', 'live', 'live']);
  });

  test('nested stacks are walked, each by a detection of its own, and are not stacks beside', async () => {
    const inner = { name: 'shop-Net-1', parent: stackIdOf('shop'), resources: [fn, { id: 'Deep', type: 'AWS::CloudFormation::Stack', physicalId: stackIdOf('shop-Net-Deep') }], drifts: [modified] };
    const deepest = { name: 'shop-Net-Deep', parent: stackIdOf('shop-Net-1'), resources: [odd] };
    await cloud([{ ...shop, resources: [...shop.resources, { id: 'Net', type: 'AWS::CloudFormation::Stack', physicalId: stackIdOf('shop-Net-1') }] }, inner, deepest]);

    const { sightings, gaps } = await scanOneStack();

    expect(sightings.map(({ address }) => address)).toEqual(['Fn', 'Net/Fn']);
    expect(gaps.map(({ address, state }) => [address, state])).toEqual([['Odd', 'unsupported'], ['Net/Deep/Odd', 'unsupported']]);
  });

  test('a nested stack that cannot be read hides nothing else', async () => {
    await cloud([{ ...shop, resources: [fn, { id: 'Gone', type: 'AWS::CloudFormation::Stack', physicalId: stackIdOf('gone') }, { id: 'Unmade', type: 'AWS::CloudFormation::Stack' }] }]);

    const { sightings, gaps } = await scanOneStack();

    expect(sightings).toHaveLength(1);
    expect(gaps.map(({ address, state }) => [address, state])).toEqual([['Gone', 'unreadable'], ['Unmade', 'unreadable']]);
  });

  test('stacks that are nested in a circle are walked once each', async () => {
    const inner = { name: 'inner', parent: 'shop', resources: [odd, { id: 'Back', type: 'AWS::CloudFormation::Stack', physicalId: stackIdOf('shop') }, { id: 'Self', type: 'AWS::CloudFormation::Stack', physicalId: stackIdOf('inner') }] };
    const { actions } = await cloud([{ ...shop, resources: [fn, { id: 'In', type: 'AWS::CloudFormation::Stack', physicalId: stackIdOf('inner') }] }, inner]);

    const { gaps } = await scanOneStack();

    expect(gaps.map(({ address, state }) => [address, state])).toEqual([['In/Odd', 'unsupported'], ['In/Back', 'unreadable'], ['In/Self', 'unreadable']]);
    expect(actions().filter((action) => action === 'DetectStackDrift')).toHaveLength(2);
  });

  test('a resource in the middle of something is not called unsupported, and one that the stack let go of is not told', async () => {
    await cloud([{ ...shop, resources: [fn, { ...odd, status: 'CREATE_FAILED' }, { ...odd, id: 'Kept', status: 'DELETE_SKIPPED' }] }]);

    const { gaps } = await scanOneStack();

    expect(gaps).toEqual([{ address: 'Odd', state: 'unreadable', reason: 'AWS did not look at it: it is CREATE_FAILED' }]);
  });

  test('an endpoint that leaves out what AWS always tells is named as that', async () => {
    await cloud([{ ...shop, drifts: [{ LogicalResourceId: 'Fn', StackResourceDriftStatus: 'MODIFIED' }] }]);

    const { gaps } = await scanOneStack();

    expect(gaps.map(({ reason }) => reason.slice(0, 25))).toEqual(['[drift-answer-unreadable]', '[drift-answer-unreadable]']);
  });

  test.each([['that is broken', 'Resources: ['], ['that is not there', null]])('a template of the user %s hides nothing of what AWS found', async (_, template) => {
    const folder = await makeFolder(template === null ? {} : { 'shop.yaml': template });
    await cloud([shop]);

    const { sightings, gaps } = await scanOneStack({ settings: { accounts: [{ templates: { shop: `${folder}/shop.yaml` } }] } });

    expect(sightings).toHaveLength(1);
    expect(gaps).toMatchObject([{ address: '*', state: 'unreadable', reason: expect.stringContaining('shop.yaml') }, { address: 'Odd' }]);
  });

  test('one that fails counts for what it answered; the rest is unreadable with its reason', async () => {
    await cloud([{ ...shop, detection: { status: 'DETECTION_FAILED', reason: 'Failed to detect drift on resource [Odd]' } }]);

    const { sightings, gaps } = await scanOneStack();

    expect(sightings).toHaveLength(1);
    expect(gaps).toEqual([{ address: 'Odd', state: 'unreadable', reason: 'AWS could not finish the detection: Failed to detect drift on resource [Odd]' }]);
  });

  test('resources are listed by name when the time is up', async () => {
    await cloud([shop], { pollsUntilDone: 1_000_000 });

    const { sightings, gaps } = await scanOneStack({ timeoutMs: 400 });

    expect(sightings).toEqual([]);
    expect(gaps.map(({ address, state, reason }) => [address, state, reason.slice(0, 13)])).toEqual([['Fn', 'unreadable', '[aws-timeout]'], ['Odd', 'unreadable', '[aws-timeout]']]);
  });

  test('an abort ends the wait and is thrown as it is', async () => {
    const stop = new AbortController();
    await cloud([shop], { pollsUntilDone: 1_000_000 });

    const [scanned] = await scanStacks({ signal: stop.signal, wait: () => stop.abort(new Error('stopped')) });

    expect(scanned).toMatchObject({ error: new Error('stopped') });
  });
});

describe('throttling', () => {
  test('is waited out, with waits that double', async () => {
    const waits: number[] = [];
    await cloud([shop], { before: throttle('ListStackResources', 3) });

    const { sightings } = await scanOneStack({ wait: (ms) => waits.push(ms) });

    expect(sightings).toHaveLength(1);
    expect(waits.slice(0, 3)).toEqual([500, 1_000, 2_000]);
  });

  test('to the end is told with the names of what was not checked', async () => {
    await cloud([shop], { before: throttle('DetectStackDrift', Number.POSITIVE_INFINITY) });

    const { gaps } = await scanOneStack();

    expect(gaps.map(({ address, state }) => [address, state])).toEqual([['Fn', 'throttled'], ['Odd', 'throttled']]);
  });

  test('a budget that is spent is told with the names of what was not checked, and no request more is made', async () => {
    const { requests } = await cloud([shop], { pollsUntilDone: 1_000 });

    const { gaps } = await scanOneStack({ settings: { requests: 9 } });

    expect(requests).toHaveLength(9);
    expect(gaps.map(({ address, state, reason }) => [address, state, reason.slice(0, 18)])).toEqual([['Fn', 'throttled', '[aws-budget-spent]'], ['Odd', 'throttled', '[aws-budget-spent]']]);
  });

  test('the budget counts every attempt, throttled ones too', async () => {
    const { requests } = await cloud([shop], { before: throttle('DetectStackDrift', Number.POSITIVE_INFINITY) });

    await scanOneStack({ settings: { requests: 5 } });

    expect(requests).toHaveLength(5);
  });
});

describe.skipIf(!corpus('iac/cloudformation').isThere)(`recorded answers of AWS${corpus('iac/cloudformation').reason}`, () => {
  test('come through the protocol as they were recorded', async () => {
    const Recorded = z.object({ StackResourceDrift: z.looseObject({ LogicalResourceId: z.string(), ResourceType: z.string(), PropertyDifferences: z.array(z.record(z.string(), z.string())) }) });
    const { StackResourceDrift: drift } = Recorded.parse(JSON.parse(readFileSync(join(corpus('iac/cloudformation').path, 'recorded-aws/aws-cli__detect-stack-resource-drift.json'), 'utf8')));
    const text = (name: string): string => String(drift[name]);
    const answer = { LogicalResourceId: drift.LogicalResourceId, ResourceType: drift.ResourceType, StackResourceDriftStatus: text('StackResourceDriftStatus'), ExpectedProperties: text('ExpectedProperties'), ActualProperties: text('ActualProperties'), PropertyDifferences: drift.PropertyDifferences };
    await cloud([{ name: 'MyStack', resources: [{ id: drift.LogicalResourceId, type: drift.ResourceType }], drifts: [answer] }]);

    const { sightings } = await scanOneStack();

    expect(sightings[0]?.sides.recorded?.values).toEqual(JSON.parse(text('ExpectedProperties')));
    expect(sightings[0]?.sides.live?.values).toEqual(JSON.parse(text('ActualProperties')));
  });
});

async function cloud(stacks: readonly FakeStack[], behaviour: FakeBehaviour = {}) {
  const fake = await fakeCloudFormation(stacks, behaviour);
  useAwsAt(fake.url);
  return fake;
}

function throttle(action: string, times: number): NonNullable<FakeBehaviour['before']> {
  return (request, nth) => {
    if (request.action === action && nth <= times) throw new AwsRefusal('Throttling', 'Rate exceeded');
  };
}
