import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCloudFormationScanner } from '#agent/scan/cloudformation/cloudformation-scanner.ts';
import type { Sighting } from '#proto/domain/resource.ts';

const scanner = createCloudFormationScanner();
const { signal } = new AbortController();
const drift = {
  StackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/d0a825a0-e4cd-11e9-b9fb-061c69e99204',
  LogicalResourceId: 'Fn',
  ResourceType: 'AWS::Lambda::Function',
  StackResourceDriftStatus: 'MODIFIED',
  ExpectedProperties: '{"Timeout":900}',
  ActualProperties: '{"Timeout":22}',
};
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dd0c-cloudformation-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('templates and drift answers are found, and other files are left alone', async () => {
  write('a.yaml', 'AWSTemplateFormatVersion: 2010-09-09\nResources: {}\n');
  write('b.json', '{"Resources":{"A":{"Type":"AWS::S3::Bucket"}}}');
  write('c.json', JSON.stringify({ StackResourceDrifts: [] }));
  write('d.yaml', 'Resources: [a]\n');

  const targets = await scanner.find(folder, signal);

  expect(targets.map(({ label, form }) => [label, form])).toEqual([
    ['a.yaml', 'cloudformation-template'],
    ['b.json', 'cloudformation-template'],
    ['c.json', 'cloudformation-drifts'],
  ]);
});

test('a drift answer is compared, named after its stack, and says that it does not list all resources', async () => {
  const { id, sightings, gaps } = await open('drifts.json', { StackResourceDrifts: [drift] });

  expect(id).toBe('cloudformation:123456789012:eu-west-1:shop');
  expect(sightings.map(({ sides }) => [sides.recorded?.values, sides.live?.values])).toEqual([[{ Timeout: 900 }, { Timeout: 22 }]]);
  expect(gaps).toMatchObject([{ address: '*', state: 'unsupported' }]);
});

test('with the list of resources, each that AWS left out is named', async () => {
  const listed = [{ LogicalResourceId: 'Fn', ResourceType: 'AWS::Lambda::Function' }, { LogicalResourceId: 'Odd', ResourceType: 'Custom::Odd' }];

  const { gaps } = await open('drifts.json', { StackResourceDrifts: [drift], StackResourceSummaries: listed });

  expect(gaps).toEqual([{ address: 'Odd', state: 'unsupported', reason: 'AWS cannot check Custom::Odd for drift' }]);
});

test('a resource that the saved list does not name, and a nested stack, are told all the same', async () => {
  const { sightings, gaps } = await open('drifts.json', { StackResourceDrifts: [drift], StackResourceSummaries: [{ LogicalResourceId: 'Net', ResourceType: 'AWS::CloudFormation::Stack' }] });

  expect(sightings.map(({ address }) => address)).toEqual(['Fn']);
  expect(gaps).toMatchObject([{ address: 'Net', state: 'unsupported' }]);
});

test.each([
  ['that goes on', { NextToken: 'x' }],
  ['of a detection that was under way', { DetectionStatus: 'DETECTION_IN_PROGRESS' }],
  ['of a detection that failed', { DetectionStatus: 'DETECTION_FAILED', DetectionStatusReason: 'why' }],
])('an answer %s calls nothing unsupported that it only lacks', async (_, more) => {
  const { gaps } = await open('drifts.json', { StackResourceDrifts: [drift], StackResourceSummaries: [{ LogicalResourceId: 'Odd', ResourceType: 'Custom::Odd' }], ...more });

  expect(gaps).toMatchObject([{ address: '*', state: 'unreadable' }, { address: 'Odd', state: 'unreadable' }]);
});

test.each([
  ['wrapped as a recording', { 'a test': { 'recorded-content': { drift_detection: { StackResourceDrift: drift }, listed: { StackResourceSummaries: [{ LogicalResourceId: 'Odd', ResourceType: 'Custom::Odd' }] } } } }],
  ['in a list', [{ StackResourceDrifts: [drift] }, { StackResourceSummaries: [{ LogicalResourceId: 'Odd', ResourceType: 'Custom::Odd' }] }]],
])('answers that are %s are put together', async (_, document) => {
  const { sightings, gaps } = await open('drifts.json', document);

  expect(sightings.map(({ address }) => address)).toEqual(['Fn']);
  expect(gaps.map(({ address }) => address)).toEqual(['Odd']);
});

test('a list of resources alone tells how the last detection left them', async () => {
  const resource = (name: string, status: string): object => ({ LogicalResourceId: name, ResourceType: 'AWS::Lambda::Function', DriftInformation: { StackResourceDriftStatus: status } });

  const { sightings, gaps } = await open('listed.json', { StackResourceSummaries: ['IN_SYNC', 'DELETED', 'MODIFIED', 'NOT_CHECKED'].map((status) => resource(status, status)) });

  expect(sightings.map(({ address, sides }) => [address, sides.live?.values ?? sides.live])).toEqual([['IN_SYNC', {}], ['DELETED', null]]);
  expect(gaps).toMatchObject([{ address: '*', state: 'stale' }, { address: 'MODIFIED', state: 'unreadable' }, { address: 'NOT_CHECKED', state: 'unsupported', reason: 'AWS has not looked at it' }]);
});

test('answers of two stacks in one file are refused by name', async () => {
  const other = { ...drift, StackId: drift.StackId.replace('shop', 'other') };

  await expect(open('drifts.json', { StackResourceDrifts: [drift, other] })).rejects.toMatchObject({ code: 'drift-answer-unreadable', facts: { at: 'StackId' } });
});

test('a template alone checks nothing, and says so of each of its resources', async () => {
  const { sightings, gaps } = await open('template.json', { Resources: { A: { Type: 'AWS::S3::Bucket' } } });

  expect(sightings).toEqual([]);
  expect(gaps).toMatchObject([{ address: 'A', state: 'unsupported' }]);
});

describe('saved answers beside a template', () => {
  const listed = ['Fn', 'Left'].map((name) => ({ LogicalResourceId: name, PhysicalResourceId: `shop-${name}`, ResourceType: 'AWS::Lambda::Function' }));
  const stack = { StackId: drift.StackId, StackName: 'shop', Parameters: [{ ParameterKey: 'Wait', ParameterValue: '900' }] };
  const answers = { StackResourceDrifts: [drift, { ...drift, LogicalResourceId: 'Left', StackResourceDriftStatus: 'IN_SYNC' }], StackResourceSummaries: listed };
  const template = (rest: string): string => `Parameters: {Wait: {Type: Number, Default: 3}}\nResources:\n  Fn: {Type: 'AWS::Lambda::Function', Properties: {Timeout: !Ref Wait, FunctionName: !Sub '\${AWS::Region}-\${Left}'}}\n${rest}`;

  test('the code side is the template with the parameters of the stack', async () => {
    write('t.yaml', template(''));

    const { sightings, gaps } = await open('drifts.json', { ...answers, Stacks: [stack] }, 't.yaml');

    expect(sightings.map(({ address, sides }) => [address, sides.code?.values ?? sides.code])).toEqual([['Fn', { Timeout: '900', FunctionName: 'eu-west-1-shop-Left' }], ['Left', null]]);
    expect(gaps).toEqual([]);
  });

  test('without the parameters of the stack their defaults are taken, and that is said', async () => {
    write('t.yaml', template(''));

    const { sightings, gaps } = await open('drifts.json', answers, 't.yaml');

    expect(sightings[0]?.sides.code?.values).toMatchObject({ Timeout: 3 });
    expect(gaps).toMatchObject([{ address: '*', state: 'unsupported', reason: expect.stringContaining('describe-stacks') }]);
  });

  test('without the list of resources nothing is called missing', async () => {
    write('t.yaml', template("  More: {Type: 'Custom::Odd'}\n"));

    const { sightings } = await open('drifts.json', { StackResourceDrifts: [drift], Stacks: [stack] }, 't.yaml');

    expect(sightings.map(({ address }) => address)).toEqual(['Fn']);
  });

  test('what is in a module is neither missing nor left over, and that is said', async () => {
    write('t.yaml', template("  Store: {Type: 'Acme::S3::Bucket::MODULE'}\n"));

    const { sightings, gaps } = await open('drifts.json', { ...answers, Stacks: [stack] }, 't.yaml');

    expect(sightings.map(({ address, sides }) => [address, sides.code === undefined])).toEqual([['Fn', false], ['Left', true]]);
    expect(gaps).toMatchObject([{ address: 'Store', state: 'unsupported' }]);
  });

  test.each([
    ['a serverless template', "Transform: AWS::Serverless-2016-10-31\n", ['900', undefined]],
    ['any other macro', "Transform: [Acme::Tags]\n", [undefined, undefined]],
  ])('%s: what only AWS makes of it is neither compared nor called left over', async (_, transform, timeouts) => {
    write('t.yaml', `${transform}${template("  Made: {Type: 'AWS::Serverless::Function'}\n")}`);

    const { sightings, gaps } = await open('drifts.json', { ...answers, Stacks: [stack] }, 't.yaml');

    expect(sightings.map(({ sides }) => (sides.code === undefined ? undefined : sides.code?.values['Timeout']))).toEqual(timeouts);
    expect(sightings).toHaveLength(2);
    expect(gaps).toMatchObject([{ state: 'unsupported', reason: expect.stringContaining('which only AWS runs') }]);
  });
});

test('an answer of another shape is refused by name', async () => {
  await expect(open('drifts.json', { StackResourceDrifts: [{ LogicalResourceId: 1 }] })).rejects.toMatchObject({ code: 'drift-answer-unreadable' });
});

async function open(file: string, document: object, template?: string) {
  write(file, JSON.stringify(document));
  const [target] = await scanner.find(join(folder, file), signal);
  if (target === undefined) throw new Error('not found');
  const stack = await scanner.open(target, { against: template === undefined ? { side: 'best' } : { side: 'file', path: join(folder, template) }, timeoutMs: 1_000, env: {} }, signal);
  return { id: stack.id, sightings: [...(stack.sightings() as Iterable<Sighting>)], gaps: stack.gaps() };
}

function write(path: string, text: string): void {
  writeFileSync(join(folder, path), text);
}
