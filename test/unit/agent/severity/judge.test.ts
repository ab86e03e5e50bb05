import { describe, expect, test } from 'vitest';
import { rules } from '#agent/normalise/rules.ts';
import { createJudge, type Verdict } from '#agent/severity/judge.ts';
import type { SeverityRule } from '#agent/severity/rule.ts';
import { severityRules } from '#agent/severity/rules.ts';
import { byName } from '#agent/severity/rules/by-name.ts';
import { passes } from '#agent/severity/test-value.ts';
import type { JsonObject } from '#proto/domain/json.ts';
import { createDetector } from '#secrets/detector.ts';
import { compare } from '../normalise/compare.ts';
import { cases } from './cases.ts';
import { holding, witness } from './witness.ts';

test.each(cases)('%s', (_, type, before, after, severity, rule) => {
  const verdict = judge([...severityRules], type, before, after);

  expect(verdict.severityRule.split(':')[0]).toBe(rule);
  expect(verdict.severity).toBe(severity);
});

test('what a rule says of itself is taken for no secret, here and at the server', () => {
  const detect = createDetector();

  expect([...severityRules, ...byName].map(({ id, reason }) => `${id}: ${reason}`).filter((text) => [...detect(text)].length > 0)).toEqual([]);
});

test('there are at least eighty rules, each with an id of its own, a reason and a reference', () => {
  expect(severityRules.length).toBeGreaterThanOrEqual(80);
  expect(new Set([...severityRules, ...byName].map(({ id }) => id)).size).toBe(severityRules.length + byName.length);
  for (const { reason, reference, types, paths } of severityRules) {
    expect(reason).toMatch(/^\S.{10,}[^.]$/);
    expect(reference).toMatch(/^(?:dd0c|(?:(?:AWS FSBP|Security Hub) [A-Z]\w+\.\d+|CIS (?:AWS|Azure|GCP|Kubernetes|EKS|AKS|GKE) \d|Kubernetes PSS (?:baseline|restricted): \w).*)$/);
    expect(types.length * paths.length).toBeGreaterThan(0);
  }
});

describe.each(severityRules.filter(({ when }) => !('change' in when)))('$id', (rule) => {
  const type = rule.types[0]?.replaceAll('*', 'x').replace('kubernetes:x', 'kubernetes:v1/Pod') ?? '';
  const { baseline, observed } = direction(rule);

  test('speaks of what it is about', () => {
    expect(judge([rule], type, baseline, observed).severityRule).toBe(`${rule.id}: ${rule.reason}`);
  });

  test('keeps silent of another type', () => {
    expect(judge([rule], 'acme_thing', baseline, observed).severityRule).not.toContain(rule.id);
  });
});

describe.each(severityRules.filter(({ when }) => 'becomes' in when || 'was' in when))('$id', (rule) => {
  test('keeps silent of the other direction', () => {
    const type = rule.types[0]?.replaceAll('*', 'x').replace('kubernetes:x', 'kubernetes:v1/Pod') ?? '';
    const { baseline, observed } = direction(rule);

    expect(judge([rule], type, observed, baseline).severityRule).not.toContain(rule.id);
  });
});

describe('a resource as a whole', () => {
  const whole = createJudge(severityRules, byName);

  test.each([
    ['a database that is gone', 'aws_db_instance', 'missing', 'live_changed', 'critical', 'data-store-missing'],
    ['a database that was never made', 'aws_db_instance', 'missing', 'not_applied', 'medium', 'resource-not-created'],
    ['a claim that is not there, and nobody knows since when', 'kubernetes:v1/PersistentVolumeClaim', 'missing', 'unknown', 'medium', 'resource-absent'],
    ['the guard against public buckets, gone', 'aws_s3_bucket_public_access_block', 'missing', 'live_changed', 'critical', 'aws-bucket-public-block-gone'],
    ['a guard that is not there', 'kubernetes:networking.k8s.io/v1/NetworkPolicy', 'missing', 'unknown', 'high', 'guard-missing'],
    ['a machine that is gone', 'aws_instance', 'missing', 'live_changed', 'high', 'resource-missing'],
    ['the subnets of a database that are gone', 'aws_db_subnet_group', 'missing', 'live_changed', 'high', 'resource-missing'],
    ['a volume claim that is gone', 'kubernetes:v1/PersistentVolumeClaim', 'missing', 'live_changed', 'critical', 'data-store-missing'],
    ['a bucket in a template that is gone', 'AWS::S3::Bucket', 'missing', 'live_changed', 'critical', 'data-store-missing'],
    ['a key to sign in with that nobody asked for', 'aws_iam_access_key', 'unmanaged', 'unknown', 'critical', 'aws-access-key-unmanaged'],
    ['something that nobody asked for', 'aws_instance', 'unmanaged', 'unknown', 'medium', 'resource-unasked'],
  ] as const)('%s', (_, type, change, cause, severity, rule) => {
    const verdict = whole.judge({ type, change, cause, noise: false }, []);

    expect(verdict.severityRule.split(':')[0]).toBe(rule);
    expect(verdict.severity).toBe(severity);
  });

  test('what is noise is low, whatever it touches', () => {
    expect(whole.judge({ type: 'aws_db_instance', change: 'modified', cause: 'live_changed', noise: true }, []).severity).toBe('low');
  });
});

/** The two sides for which a rule is to speak, in its direction. */
function direction(rule: SeverityRule): { baseline: JsonObject; observed: JsonObject } {
  const { when } = rule;
  if (!('becomes' in when) && !('was' in when)) return { baseline: holding(rule, 'one'), observed: holding(rule, 'other') };
  const wanted = 'becomes' in when ? when.becomes : when.was;
  const other = ['something else', undefined].find((value) => !passes(value, wanted));
  const [passing, failing] = [holding(rule, witness(wanted)), holding(rule, other)];
  return 'becomes' in when ? { baseline: failing, observed: passing } : { baseline: passing, observed: failing };
}

function judge(known: readonly SeverityRule[], type: string, before: JsonObject, after: JsonObject): Verdict {
  return createJudge(known, byName).judge({ type, change: 'modified', cause: 'live_changed', noise: false }, compare(rules, type, before, after));
}
