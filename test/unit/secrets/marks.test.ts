import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '#proto/domain/json.ts';
import { createNameJudge } from '#secrets/names.ts';
import { createMarks, structureRules } from '#secrets/structure/marks.ts';
import { pulumiSentinel } from '#secrets/structure/pulumi.ts';

test('a rule that no field calls would have said nothing', () => {
  const judge = createNameJudge();
  const called = createMarks(judge);
  const always = createMarks(judge, structureRules.map((rule) => ({ ...rule, isCalledBy: () => true })));
  const spoke = new Set<string>();

  fc.assert(
    fc.property(documents, (document) => {
      const expected = always(document);
      for (const { rule } of expected) spoke.add(rule);
      expect(called(document)).toEqual(expected);
    }),
    { numRuns: 3_000 },
  );

  expect(spoke).toEqual(new Set(structureRules.map(({ name }) => name)));
});

const names = fc.constantFrom(
  'type', 'name', 'value', 'key', 'id', 'kind', 'data', 'stringData', 'auths', 'auth', 'Parameters', 'NoEcho', 'Default', 'StackParameters', 'ParameterKey', 'ParameterValue',
  'inputs', 'outputs', 'plaintext', 'attributes', 'values', 'instances', 'sensitive', 'sensitive_attributes', 'before', 'after', 'after_sensitive', 'sensitive_values', 'change',
  'db_password', 'api_token', 'tags', 'Type', 'Value', 'keyName', 'permissions', 'set_sensitive', 'default', '__proto__', 'constructor', pulumiSentinel,
);
const texts = fc.constantFrom('random_password', 'aws_ssm_parameter', 'SecureString', 'Secret', 'DB_PASSWORD', 'db_password', 'hunter2-hunter2', 'plain', 'true', 'arn:aws:x', '1b47061264138c4ac30d75fd1eb44270', '');

/** Fields as tools write them, so that every rule has something to say. */
const shapes = fc.constantFrom<Json>(
  { sensitive_attributes: [[{ type: 'get_attr', value: 'secret' }], 'key'], attributes: { secret: 'x', key: 'y' } },
  { after: { a: [1, 2] }, after_sensitive: { a: [false, true] } },
  { sensitive: true, value: 'hunter2-hunter2' },
  { type: 'random_password', attributes: { result: 'hunter2-hunter2' } },
  { kind: 'Secret', data: { any: 'hunter2-hunter2' } },
  { auths: { 'registry.example': { auth: 'dXNlcjpwYXNz' } } },
  { Parameters: { Hidden: { NoEcho: 'true', Default: 'x' } }, StackParameters: [{ ParameterKey: 'Hidden', ParameterValue: 'y' }] },
  { inputs: { a: 1 }, outputs: { a: { [pulumiSentinel]: '1b47061264138c4ac30d75fd1eb44270', plaintext: 'x' } } },
  { name: 'DB_PASSWORD', value: 'hunter2-hunter2' },
  { db_password: { value: 'hunter2-hunter2' } },
  { Name: '/app/x', Type: 'SecureString', Value: 'hunter2-hunter2' },
  { keyName: 'key1', permissions: 'FULL', value: 'hunter2-hunter2' },
  { set_sensitive: [{ name: 'x', value: 'hunter2-hunter2' }] },
);

const { document: documents } = fc.letrec<{ document: Json }>((tie) => ({
  document: fc.oneof(
    { maxDepth: 6 },
    fc.oneof(texts, fc.boolean(), fc.integer(), fc.constant(null)),
    shapes,
    { weight: 2, arbitrary: fc.array(tie('document'), { maxLength: 3 }) },
    { weight: 4, arbitrary: fc.array(fc.tuple(names, tie('document')), { maxLength: 6 }).map((fields): Json => Object.fromEntries(fields)) },
  ),
}));
