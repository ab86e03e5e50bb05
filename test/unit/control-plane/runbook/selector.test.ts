import { describe, expect, test } from 'vitest';
import type { Parameter } from '#control-plane/runbook/document/parameter.ts';
import { fillFrom, isFor, type Subject } from '#control-plane/runbook/selector.ts';
import { needOf, trustLevels } from '#control-plane/runbook/trust.ts';
import { risks } from '#proto/domain/risk.ts';

const subject: Subject = {
  address: 'module.net.aws_security_group.web["a"]',
  type: 'aws_security_group',
  stack: 'prod',
  severity: 'high',
  properties: [{ path: 'id', before: 'sg-1', after: 'sg-1' }, { path: 'port', before: 22, after: 443 }, { path: 'name', before: 'a', after: 'x; rm -rf /' }, { path: 'tags', before: {}, after: {} }],
};

describe('a selector', () => {
  test.each([
    [{ type: ['aws_*'] }, true],
    [{ type: ['gcp_*', 'aws_security_group'] }, true],
    [{ type: ['aws_vpc'] }, false],
    [{ severity: 'high' as const }, true],
    [{ severity: 'critical' as const }, false],
    [{ address: 'module.net.*' }, true],
    [{ address: 'module.ne' }, false],
    [{ address: 'module.net.aws_security_group.web["a"]' }, true],
    [{ type: ['aws_*'], address: 'other.*' }, false],
    [{}, true],
    [null, false],
  ])('%j', (selector, fits) => {
    expect(isFor(selector, subject)).toBe(fits);
  });

  test('takes no time that grows faster than the text, whatever the glob', () => {
    expect(isFor({ address: `${'*a'.repeat(200)}b` }, { ...subject, address: 'a'.repeat(1_000) })).toBe(false);
  });
});

describe('what a finding says', () => {
  const of = (from: string, change: Partial<Extract<Parameter, { type: 'string' }>> = {}): Parameter => ({ name: 'p', type: 'string', description: '', from, ...change });

  test('fills a parameter where the parameter would take it from anybody', () => {
    expect(fillFrom({ parameters: [of('finding.after.id')] }, subject)).toEqual({ parameters: { p: 'sg-1' }, missing: [] });
    expect(fillFrom({ parameters: [of('finding.before.port')] }, subject)).toMatchObject({ parameters: { p: '22' } });
    expect(fillFrom({ parameters: [of('finding.stack')] }, subject)).toMatchObject({ parameters: { p: 'prod' } });
  });

  test.each([
    ['is hostile', of('finding.after.name'), /does not match/],
    ['is no plain value', of('finding.after.tags'), /has no after.tags/],
    ['is not there', of('finding.after.gone'), /has no after.gone/],
    ['breaks the pattern', of('finding.address', { pattern: '[a-z]+' }), /does not match/],
  ])('does not where it %s', (_, parameter, reason) => {
    expect(fillFrom({ parameters: [parameter] }, subject)).toEqual({ parameters: {}, missing: [{ name: 'p', reason: expect.stringMatching(reason) }] });
  });

  test('leaves a default alone, and the rest to a person', () => {
    expect(fillFrom({ parameters: [{ name: 'd', type: 'string', description: '', default: 'x' }, { name: 'q', type: 'int', description: '' }] }, subject)).toEqual({ parameters: {}, missing: [{ name: 'q', reason: 'it is for a person to say' }] });
  });
});

test('trust lets through what it says, never what is dangerous, and what is forbidden under none', () => {
  const table = Object.fromEntries(trustLevels.map((trust) => [trust, risks.map((risk) => needOf(trust, risk))]));

  expect(table).toEqual({
    'manual': ['approval', 'approval', 'approval', 'never'],
    'approve': ['nothing', 'approval', 'approval', 'never'],
    'auto-read': ['nothing', 'approval', 'approval', 'never'],
    'auto': ['nothing', 'nothing', 'approval', 'never'],
  });
});
