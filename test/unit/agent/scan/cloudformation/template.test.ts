import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTemplate } from '#agent/scan/cloudformation/template/parse-template.ts';
import { resolveTemplate, type WantedResource } from '#agent/scan/cloudformation/template/resolve.ts';

describe('short forms', () => {
  test.each([
    ['!Ref Name', 'shop'],
    ["!Sub 'logs-${Name}'", 'logs-shop'],
    ["!Sub '${!Literal}-${Name}'", '${Literal}-shop'],
    ["!Join ['-', [a, !Ref Name]]", 'a-shop'],
    ['!If [IsProd, large, small]', 'large'],
    ['!If [IsTest, large, small]', 'small'],
    ['!FindInMap [Sizes, !Ref Name, cpu]', 4],
    ["!Select [1, !Split [',', 'a,b']]", 'b'],
    ['!Base64 abc', 'YWJj'],
    ["!Sub ['${x}-${Name}', {x: !Ref Name}]", 'shop-shop'],
    ['!Ref Zones', ['a', 'b']],
  ])('%s is %j', (expression, expected) => {
    const [wanted] = resolve(expression);

    expect(wanted?.values['Value']).toEqual(expected);
    expect(wanted?.unknown).toEqual([]);
  });

  test.each([['!GetAtt Other.Arn'], ["!GetAZs ''"], ['!ImportValue x'], ['!Ref Other'], ["!Sub '${Other.Arn}'"], ['!If [Unheard, 1, 2]'], ['!Ref NoDefault'], ['!FindInMap [Sizes, nowhere, cpu]']])(
    '%s cannot be known here and is never compared',
    (expression) => {
      const [wanted] = resolve(expression);

      expect(wanted?.unknown).toEqual([['Value']]);
      expect(wanted?.values['Beside']).toBe('known');
    },
  );
});

test('AWS::NoValue takes the property away', () => {
  const [wanted] = resolve('!If [IsTest, 1, !Ref AWS::NoValue]');

  expect(wanted?.values).toEqual({ Beside: 'known' });
});

test('a value from a NoEcho parameter is sensitive, also inside a Sub', () => {
  const [plain] = resolve('!Ref Secret');
  const [inside] = resolve("!Sub 'postgres://u:${Secret}@h'");

  expect(plain?.sensitive).toEqual([['Value']]);
  expect(inside?.sensitive).toEqual([['Value']]);
});

test('a resource whose condition is false is absent, one whose condition hangs on something unknown is undecided', () => {
  const text = `
Conditions:
  Never: !Equals [a, b]
  Perhaps: !Equals [!ImportValue x, b]
  Round: !Not [!Condition Round]
Resources:
  A: {Type: 'AWS::S3::Bucket', Condition: Never}
  B: {Type: 'AWS::S3::Bucket', Condition: Perhaps}
  C: {Type: 'AWS::S3::Bucket', Condition: Round}
  D: {Type: 'AWS::S3::Bucket'}`;

  const wanted = resolveTemplate(parseTemplate(text, 't.yaml'), { parameters: {}, pseudo: {}, physicalIds: {} });

  expect(wanted.map(({ presence }) => presence)).toEqual(['absent', 'undecided', 'undecided', 'present']);
});

test('a JSON template is read like one in YAML', () => {
  const text = JSON.stringify({ Resources: { A: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': '${AWS::Region}-logs' } } } } });

  const [wanted] = resolveTemplate(parseTemplate(text, 't.json'), { parameters: {}, pseudo: { 'AWS::Region': 'eu-west-1' }, physicalIds: {} });

  expect(wanted?.values).toEqual({ BucketName: 'eu-west-1-logs' });
});

test.each([
  ['broken YAML', 'Resources: [a', { line: expect.any(Number) }],
  ['no resources', 'Parameters: {}', { at: 'Resources' }],
  ['a resource without a type', 'Resources: {A: {Properties: {}}}', { at: 'Resources.A.Type' }],
  ['an alias bomb', bomb(), { detail: 'aliases' }],
])('%s is refused by name', (_, text, facts) => {
  expect(() => parseTemplate(text, 't.yaml')).toThrow(expect.objectContaining({ code: 'template-unreadable', facts: expect.objectContaining(facts) }));
});

test('whatever the expression, resolving ends without an error', () => {
  const name = fc.constantFrom('Ref', 'Fn::Sub', 'Fn::Join', 'Fn::If', 'Fn::Select', 'Fn::Split', 'Fn::FindInMap', 'Fn::GetAtt', 'Fn::Base64', 'Fn::Length', 'x', '__proto__');
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      fc.constantFrom('A', 'B', '${A}', 'AWS::NoValue', 0, null, true, '${__proto__}'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(name, tie('value'), { maxKeys: 2 }),
    ),
  }));

  fc.assert(
    fc.property(value, value, (property, condition) => {
      const template = { Conditions: { A: condition }, Resources: { A: { Type: 'AWS::S3::Bucket', Condition: 'A', Properties: { Value: property } } } };
      const [wanted] = resolveTemplate(parseTemplate(JSON.stringify(template), 't.json'), { parameters: {}, pseudo: {}, physicalIds: {} });
      expect(wanted?.type).toBe('AWS::S3::Bucket');
    }),
  );
});

function resolve(expression: string): readonly WantedResource[] {
  const text = `
Parameters:
  Name: {Type: String, Default: shop}
  Zones: {Type: CommaDelimitedList, Default: 'a, b'}
  Secret: {Type: String, NoEcho: true, Default: made-up}
  NoDefault: {Type: String}
Mappings:
  Sizes: {shop: {cpu: 4}}
Conditions:
  IsProd: !Equals [!Ref Name, shop]
  IsTest: !Not [!Condition IsProd]
Resources:
  Thing:
    Type: AWS::Test::Thing
    Properties:
      Value: ${expression}
      Beside: known`;
  return resolveTemplate(parseTemplate(text, 't.yaml'), { parameters: {}, pseudo: {}, physicalIds: {} });
}

function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => `l${level}: &l${level} [${Array.from({ length: 9 }, () => (level === 0 ? 'x' : `*l${level - 1}`)).join(',')}]`);
  return `${levels.join('\n')}\nResources: {A: {Type: T, Properties: *l8}}`;
}
