import { expect, test } from 'vitest';
import { readStackDrift, type ResourceDrift } from '#agent/scan/cloudformation/drift-sighting.ts';

const listed = { LogicalResourceId: 'Fn', PhysicalResourceId: 'fn-1', ResourceType: 'AWS::Lambda::Function' };

test('properties that are JSON inside strings are opened on both sides', () => {
  const { sightings } = read({ StackResourceDriftStatus: 'MODIFIED', ExpectedProperties: '{"MemorySize":128}', ActualProperties: '{"MemorySize":256}' });

  expect(sightings[0]?.sides.recorded?.values).toEqual({ MemorySize: 128 });
  expect(sightings[0]?.sides.live?.values).toEqual({ MemorySize: 256 });
  expect(sightings[0]?.id).toBe('fn-1');
});

test('what AWS names no difference in is as expected, however it is written', () => {
  const { sightings } = read({
    StackResourceDriftStatus: 'MODIFIED',
    ExpectedProperties: '{"MemorySize":128,"Policy":{"a":1},"Ports":[2,1]}',
    ActualProperties: '{"MemorySize":256,"Policy":"{\\"a\\":1}","Ports":[1,2],"Kms":"k"}',
    PropertyDifferences: [
      { PropertyPath: '/MemorySize', DifferenceType: 'NOT_EQUAL', ExpectedValue: '128', ActualValue: '256' },
      { PropertyPath: '/Kms', DifferenceType: 'ADD', ActualValue: 'k' },
    ],
  });

  expect(sightings[0]?.sides.live?.values).toEqual({ MemorySize: 256, Policy: { a: 1 }, Ports: [2, 1], Kms: 'k' });
});

test('a deleted resource is not there', () => {
  const { sightings } = read({ StackResourceDriftStatus: 'DELETED', ExpectedProperties: '{"MemorySize":128}' });

  expect(sightings[0]?.sides.live).toBeNull();
});

test('tags that AWS itself sets are not compared', () => {
  const { sightings } = read({
    StackResourceDriftStatus: 'MODIFIED',
    ExpectedProperties: '{"Tags":[{"Key":"team","Value":"a"}]}',
    ActualProperties: '{"Tags":[{"Key":"aws:cloudformation:stack-name","Value":"s"},{"Key":"team","Value":"a"}]}',
  });

  expect(sightings[0]?.sides.live?.values).toEqual(sightings[0]?.sides.recorded?.values);
});

test.each(['HostedZoneTags', 'FileSystemTags', 'BackupVaultTags'])('nor where they are called %s', (name) => {
  const { sightings } = read({
    StackResourceDriftStatus: 'MODIFIED',
    ExpectedProperties: JSON.stringify({ [name]: [{ Key: 'team', Value: 'a' }] }),
    ActualProperties: JSON.stringify({ [name]: [{ Key: 'aws:cloudformation:logical-id', Value: 's' }, { Key: 'team', Value: 'a' }] }),
    PropertyDifferences: [{ PropertyPath: `/${name}/0`, DifferenceType: 'ADD', ActualValue: '{}' }],
  });

  expect(sightings[0]?.sides.live?.values).toEqual(sightings[0]?.sides.recorded?.values);
});

test.each([
  ['nothing', {}],
  ['properties that are no JSON', { ExpectedProperties: '{"A":', ActualProperties: '{}' }],
  ['properties of one side alone', { ExpectedProperties: '{"A":1}' }],
])('a resource that is MODIFIED and of which AWS tells %s is unreadable, not in sync', (_, told) => {
  const { sightings, gaps } = read({ StackResourceDriftStatus: 'MODIFIED', ...told });

  expect([sightings, gaps]).toMatchObject([[], [{ address: 'Nested/Fn', state: 'unreadable' }]]);
});

test('a difference of the whole is one of every property', () => {
  const { sightings } = read({ StackResourceDriftStatus: 'MODIFIED', ExpectedProperties: '{"A":1}', ActualProperties: '{"A":2}', PropertyDifferences: [{ PropertyPath: '', DifferenceType: 'NOT_EQUAL' }] });

  expect(sightings[0]?.sides.live?.values).toEqual({ A: 2 });
});

test.each([
  ['NOT_CHECKED', 'unsupported'],
  ['UNKNOWN', 'unreadable'],
  ['SOMETHING_NEW', 'unsupported'],
] as const)('a resource that is %s is a gap, never in sync', (status, state) => {
  const { sightings, gaps } = read({ StackResourceDriftStatus: status });

  expect(sightings).toEqual([]);
  expect(gaps).toMatchObject([{ address: 'Nested/Fn', state }]);
});

test('what AWS leaves out of its answer is listed as unsupported, but for nested stacks, which are walked', () => {
  const resources = [listed, { LogicalResourceId: 'Inner', ResourceType: 'AWS::CloudFormation::Stack' }];

  const { gaps } = readStackDrift([], resources, '');

  expect(gaps).toEqual([{ address: 'Fn', state: 'unsupported', reason: 'AWS cannot check AWS::Lambda::Function for drift' }]);
});

function read(drift: Omit<ResourceDrift, 'LogicalResourceId' | 'ResourceType' | 'PhysicalResourceId'>) {
  return readStackDrift([{ ...listed, ...drift }], [listed], 'Nested/');
}
