import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createChain } from '#agent/normalise/chain.ts';
import type { Place, Rule } from '#agent/normalise/rule.ts';
import { rules } from '#agent/normalise/rules.ts';
import type { Json, JsonObject } from '#proto/domain/json.ts';
import { compare, realPaths } from './compare.ts';
import { directed, everyRule } from './every-rule.ts';

const chain = createChain(rules);
const types = ['aws_security_group', 'aws_iam_role', 'google_compute_instance', 'azurerm_lb', 'AWS::S3::Bucket', 'aws:s3/bucket:Bucket', 'kubernetes:apps/v1/Deployment', 'kubernetes:v1/Secret'];
const names = [
  'tags', 'tags_all', 'policy', 'ingress', 'cidr_blocks', 'protocol', 'from_port', 'timeout', 'location', 'image', 'spec', 'data', 'stringData', 'metadata', 'annotations',
  'env', 'ports', 'requests', 'user_data', 'records', 'name', 'endpoint', 'subnets', 'container_definitions', 'mode', 'certificate', 'version', '__proto__', 'constructor', 'x',
];

const text = fc.oneof(
  fc.constantFrom(
    '', ' ', 'true', '0', '-1', '443', '1.0', '010', 'tcp', '6', 'TCP', '10.0.0.1/8', '2001:DB8::/32', '::', 'Example.com.', 'A@B.co', '1m', '60s', 'PT1H', '1000m', '1Gi', '2026-01-02T03:04:05+00:00',
    'a\r\nb\n', '{"a":1}', '[2,1]', '{"Statement":{"Action":"S3:*","Principal":"*"}}', '{"Statement":[{"Action":["b","a"]}]}', 'a: 1\nb: 2\n', '- x\n- y\n', 'nginx', 'docker.io/library/nginx:latest', '0644',
    '-----BEGIN X-----\nAA\nBB\n-----END X-----', 'https://Example.com/', '/a%7eb', 'arn:aws:logs:eu-west-1:123456789012:log-group:a:*', '/hostedzone/Z1', 'aGVsbG8gd29ybGQ=', '[{"name":"a","cpu":0}]',
  ),
  fc.string({ maxLength: 6 }),
);
const scalar = fc.oneof(text, fc.integer({ min: -2, max: 70_000 }), fc.boolean(), fc.constant(null));
const { value } = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 3 }),
}));
const steps = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: fc.nat(3) }), { minLength: 1, maxLength: 4 });
const documents = fc.constantFrom<Place['documents']>([], [], [{ format: 'json', depth: 1 }], [{ format: 'policy', depth: 1 }]);
const place = fc.record({ type: fc.constantFrom(...types), steps, documents });
const resource = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 4 });

describe.each(rules.filter((rule) => rule.canonical !== undefined))('$name', (rule) => {
  test('changes nothing more when it is applied twice', () => {
    const places = placesOf(rule);
    expect(places).not.toEqual([]);
    fc.assert(fc.property(fc.constantFrom(...places), value, (at, given) => {
      const once = rule.canonical?.(given, at);
      expect(rule.canonical?.(once, at)).toEqual(once);
    }), { numRuns: 300 });
  });
});

test('the whole chain applied twice changes nothing more', () => {
  fc.assert(fc.property(place, value, (at, given) => {
    const once = chain.canonical(given, at);
    expect(chain.canonical(once, at)).toEqual(once);
  }), { numRuns: 1_000 });
});

test('what is equal stays equal, whatever the order of its keys', () => {
  fc.assert(fc.property(fc.constantFrom(...types), resource, (type, given) => {
    expect(compare(rules, type, given, reversed(given))).toEqual([]);
  }), { numRuns: 500 });
});

test('a difference is the same difference from either side', () => {
  fc.assert(fc.property(fc.constantFrom(...types), resource, resource, (type, one, other) => {
    const there = compare(rules, type, one, other);
    const back = compare(rules, type, other, one);
    expect(there.length === 0).toBe(back.length === 0);
  }), { numRuns: 500 });
});

test('a word in place of another is never noise, wherever it stands', () => {
  const word = fc.stringMatching(/^[b-df-hj-np-tv-z]{5,9}$/);
  fc.assert(fc.property(fc.constantFrom(...types), steps, word, word, (type, at, one, other) => {
    fc.pre(one !== other && !hasServerField(at));
    expect(realPaths(compare(rules, type, wrap(at, one), wrap(at, other)))).not.toEqual([]);
  }), { numRuns: 1_000 });
});

test('no near miss of any table becomes equal when the sides change places', () => {
  const missed = everyRule.filter(({ rule }) => !directed.has(rule)).flatMap(({ different }) => different)
    .filter(([, type, before, after]) => realPaths(compare(rules, type, after, before)).length === 0);

  expect(missed).toEqual([]);
});

/** The places of its own table at which a rule speaks. */
function placesOf(rule: Rule): readonly Place[] {
  const found: Place[] = [];
  const spy: Rule = { ...rule, appliesTo: (at) => rule.appliesTo(at) && found.push(at) > 0 };
  const cases = everyRule.find((table) => table.rule === rule.name);
  for (const [, type, before, after] of [...(cases?.same ?? []), ...(cases?.different ?? [])]) compare([spy], type, before, after);
  return found;
}

function reversed(given: Json): JsonObject {
  // Only objects are given.
  return turn(given) as JsonObject;
}

function turn(given: Json): Json {
  if (Array.isArray(given)) return given.map(turn);
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(Object.entries(given).toReversed().map(([key, inner]) => [key, turn(inner)]));
}

function wrap(at: readonly (string | number)[], inner: Json): JsonObject {
  const whole = at.toReversed().reduce<Json>((held, step) => (typeof step === 'number' ? [held] : Object.fromEntries([[step, held]])), inner);
  return typeof at[0] === 'number' ? { x: whole } : (whole as JsonObject);
}

/** What a server writes for itself is noise by its name, whatever it holds. */
function hasServerField(at: readonly (string | number)[]): boolean {
  return at[0] === 'timeouts' || at[0] === 'status';
}
