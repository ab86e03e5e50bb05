import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyDifferences } from '#agent/scan/cloudformation/property-differences.ts';
import { readStackDrift } from '#agent/scan/cloudformation/drift-sighting.ts';
import type { JsonObject } from '#proto/domain/json.ts';

const queue = { DelaySeconds: 0, Name: 'orders', Policy: { 'a/b': { '~': 1 } }, Rules: [{ Port: 80 }, { Port: 443 }, { Port: 8080 }] };

test.each([
  ['NOT_EQUAL puts the actual value there, as the kind of value that it stands beside', '/DelaySeconds', 'NOT_EQUAL', '5', { ...queue, DelaySeconds: 5 }],
  ['a text stays a text', '/Name', 'NOT_EQUAL', '5', { ...queue, Name: '5' }],
  ['ADD brings what was not asked for', '/KmsMasterKeyId', 'ADD', 'alias/x', { ...queue, KmsMasterKeyId: 'alias/x' }],
  ['ADD at the end of a list', '/Rules/3', 'ADD', '{"Port":22}', { ...queue, Rules: [...queue.Rules, { Port: 22 }] }],
  ['ADD where there is nothing around it', '/Redrive/Max', 'ADD', '3', { ...queue, Redrive: { Max: 3 } }],
  ['REMOVE takes it away', '/DelaySeconds', 'REMOVE', undefined, { Name: 'orders', Policy: queue.Policy, Rules: queue.Rules }],
  ['REMOVE from a list', '/Rules/1', 'REMOVE', undefined, { ...queue, Rules: [{ Port: 80 }, { Port: 8080 }] }],
  ['inside a list', '/Rules/1/Port', 'NOT_EQUAL', '444', { ...queue, Rules: [{ Port: 80 }, { Port: 444 }, { Port: 8080 }] }],
  ['a pointer with escapes', '/Policy/a~1b/~0', 'NOT_EQUAL', '2', { ...queue, Policy: { 'a/b': { '~': 2 } } }],
])('%s', (_, PropertyPath, DifferenceType, ActualValue, expected) => {
  expect(applyDifferences(queue, [{ PropertyPath, DifferenceType, ...(ActualValue !== undefined && { ActualValue }) }])).toEqual(expected);
});

test('several removals from a list mean the places that they meant before', () => {
  const differences = [0, 2].map((place) => ({ PropertyPath: `/Rules/${place}`, DifferenceType: 'REMOVE' }));

  expect(applyDifferences(queue, differences)['Rules']).toEqual([{ Port: 443 }]);
});

test('where AWS tells only the differences, the live side is made of them', () => {
  const drift = { LogicalResourceId: 'Q', ResourceType: 'AWS::SQS::Queue', StackResourceDriftStatus: 'MODIFIED', ExpectedProperties: '{"DelaySeconds":0}', PropertyDifferences: [{ PropertyPath: '/DelaySeconds', ActualValue: '5', ExpectedValue: '0', DifferenceType: 'NOT_EQUAL' }] };

  const { sightings } = readStackDrift([drift], [drift], '');

  expect(sightings[0]?.sides.live?.values).toEqual({ DelaySeconds: 5 });
});

test('whatever stands in a pointer, nothing but the properties changes', () => {
  const step = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'Rules', '0', '-1', '99', '~1'), fc.string({ maxLength: 4 }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 5 }), fc.constantFrom('ADD', 'REMOVE', 'NOT_EQUAL', 'NEW'), (path, DifferenceType) => {
      const changed: JsonObject = applyDifferences(queue, [{ PropertyPath: `/${path.join('/')}`, DifferenceType, ActualValue: 'x' }]);
      expect(Object.getPrototypeOf(changed)).toBe(Object.prototype);
      expect(Object.hasOwn(Object.prototype, 'x') || 'polluted' in {}).toBe(false);
      expect(queue.Rules).toHaveLength(3);
    }),
  );
});
