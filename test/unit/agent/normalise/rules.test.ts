import { describe, expect, test } from 'vitest';
import { createChain } from '#agent/normalise/chain.ts';
import { rules } from '#agent/normalise/rules.ts';
import { compare, realPaths } from './compare.ts';
import { directed, everyRule } from './every-rule.ts';
import type { Case } from './rule-cases.ts';

test('every rule has a name, a reason in one sentence, and, where one resource is enough, a table with near misses', () => {
  expect(everyRule.map(({ rule }) => rule).toSorted()).toEqual(rules.filter(({ shares }) => shares === undefined).map(({ name }) => name).toSorted());
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  for (const { reason } of rules) expect(reason).toMatch(/^[A-Z][^\n]{20,200}\.$/);
  for (const { same, different } of everyRule) expect(Math.min(same.length, different.length)).toBeGreaterThan(0);
});

describe.each(everyRule)('$rule', ({ rule: name, same, different }) => {
  const alone = rules.filter((rule) => rule.name === name);

  test.each(same.map(named))('explains $told', ({ type, before, after, real }) => {
    const differences = compare(alone, type, before, after);

    expect(differences.filter(({ property }) => property.noise === name)).not.toEqual([]);
    expect(realPaths(differences)).toEqual(real);
    expect(realPaths(compare(rules, type, before, after))).toEqual(real);
  });

  test.each(directed.has(name) ? [] : same.map(named))('explains $told whichever side is which', ({ type, before, after, real }) => {
    const back = compare(alone, type, after, before);

    expect(realPaths(back)).toEqual(real);
  });

  test('is asked no more once it is switched off in dd0c.yaml', () => {
    const left = createChain(rules, new Set([name])).rules;

    expect(left).toHaveLength(rules.length - 1);
    for (const [, type, before, after] of same) expect(compare(left, type, before, after).filter(({ property }) => property.noise === name)).toEqual([]);
  });

  test.each(different.map(named))('leaves alone: $told', ({ type, before, after }) => {
    expect(realPaths(compare(rules, type, before, after))).not.toEqual([]);
  });
});

function named([told, type, before, after, real = []]: Case) {
  return { told, type, before, after, real };
}

test('what only several rules together explain is told by the first of them', () => {
  const differences = compare(rules, 'aws_instance', { user_data: '#!/bin/sh\r\necho hi\r\n' }, { user_data: '#!/bin/sh\necho hi' });

  expect(differences.map(({ property }) => property.noise)).toEqual(['line-endings']);
  expect(realPaths(compare(rules, 'aws_instance', { user_data: '#!/bin/sh\r\necho hi\r\n' }, { user_data: '#!/bin/sh\necho ho' }))).toEqual(['user_data']);
});

test('a count in a redrive policy may be a number or a text, and in no other document', () => {
  expect(realPaths(compare(rules, 'aws_sqs_queue', { redrive_policy: '{"maxReceiveCount":5}' }, { redrive_policy: '{"maxReceiveCount":"5"}' }))).toEqual([]);
  expect(realPaths(compare(rules, 'aws_sqs_queue', { redrive_policy: '{"maxReceiveCount":5}' }, { redrive_policy: '{"maxReceiveCount":"6"}' }))).toEqual(['redrive_policy.maxReceiveCount']);
});

test('notes that Azure writes into the metadata of a policy are its own, and the rest of the metadata is not', () => {
  const metadata = (more: object): { metadata: string } => ({ metadata: JSON.stringify({ category: 'a', ...more }) });

  expect(realPaths(compare(rules, 'azurerm_policy_definition', metadata({}), metadata({ createdBy: 'x', createdOn: '2026', updatedBy: '', updatedOn: '' })))).toEqual([]);
  expect(realPaths(compare(rules, 'azurerm_policy_definition', metadata({}), metadata({ createdBy: 'x', category: 'b' })))).toEqual(['metadata.category']);
});
