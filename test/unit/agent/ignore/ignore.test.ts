import { describe, expect, test } from 'vitest';
import { createIgnore } from '#agent/ignore/ignore.ts';
import { IgnoreRule } from '#agent/ignore/ignore-rule.ts';

const now = (): Date => new Date('2026-06-15T12:00:00Z');
const place = { stack: 'prod', address: 'module.net.aws_subnet.a["x"]', type: 'aws_subnet' };

function ignore(...rules: readonly Omit<IgnoreRule, 'reason'>[]) {
  return createIgnore(rules.map((rule) => IgnoreRule.parse({ reason: 'we know', ...rule })), now);
}

describe('a rule for a resource', () => {
  test.each([
    ['its address', { address: 'module.net.*' }, true],
    ['its whole address, brackets and quotes as they are', { address: 'module.net.aws_subnet.a["x"]' }, true],
    ['another address', { address: 'module.network.*' }, false],
    ['the beginning of its address alone', { address: 'module.net' }, false],
    ['its type', { type: 'aws_*' }, true],
    ['its stack and its type', { stack: 'prod', type: 'aws_subnet' }, true],
    ['its type in another stack', { stack: 'dev', type: 'aws_subnet' }, false],
    ['letters that would mean something in a regular expression', { address: 'module.net.aws_subnet.a.*' }, false],
  ])('matches by %s: %o, %s', (_, rule, expected) => {
    expect(ignore(rule).resource(place) !== null).toBe(expected);
  });
});

describe('a rule for a property', () => {
  test.each([
    ['tags', 'tags', true],
    ['tags', 'tags.owner', true],
    ['tags', 'tags_all', false],
    ['tags.owner', 'tags', false],
    ['tags.*', 'tags.owner', true],
    ['ingress.description', 'ingress[3].description', true],
    ['ingress[0].description', 'ingress[3].description', false],
    ['*.image', 'spec.image', true],
    ['*.image', 'spec.containers[0].image', false],
    ['**.image', 'spec.containers[0].image', true],
    ['tags["a b"]', 'tags["a b"]', true],
    ['labels.*', 'labels["example.com/team"]', true],
    ['annotations.checksum/*', 'spec.annotations["checksum/config"]', false],
    ['**.annotations.checksum/*', 'spec.annotations["checksum/config"]', true],
    ['labels.example', 'labels["example.com/team"]', false],
  ])('%s covers %s: %s', (property, path, expected) => {
    expect(ignore({ property }).property(place, path) !== null).toBe(expected);
    expect(ignore({ property }).resource(place)).toBeNull();
  });
});

test('a rule holds on its last day and no longer', () => {
  expect(ignore({ type: '*', until: '2026-06-15' }).resource(place)).toBe('ignore-1');
  expect(ignore({ type: '*', until: '2026-06-14' }).resource(place)).toBeNull();
});

test('rules that have expired and rules that match nothing say so, with their owner', () => {
  const rules = ignore({ name: 'old', type: '*', until: '2026-01-01', owner: 'ada' }, { name: 'used', type: 'aws_subnet' }, { name: 'idle', type: 'aws_vpc' });

  rules.resource(place);

  expect(rules.notes()).toEqual([
    { name: 'old', state: 'expired', reason: 'we know', owner: 'ada' },
    { name: 'idle', state: 'unused', reason: 'we know', owner: null },
  ]);
});

test.each([
  ['nothing to match', { reason: 'x' }],
  ['no reason', { type: 'a' }],
  ['a day that does not exist', { type: 'a', reason: 'x', until: '2026-02-30' }],
  ['a word it does not know', { type: 'a', reason: 'x', adress: 'b' }],
])('a rule with %s is refused', (_, rule) => {
  expect(IgnoreRule.safeParse(rule).success).toBe(false);
});
