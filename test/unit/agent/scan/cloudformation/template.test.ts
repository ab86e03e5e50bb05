import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTemplate } from '#agent/scan/cloudformation/template/parse-template.ts';
import { resolveTemplate, resolveWhole, type WantedResource } from '#agent/scan/cloudformation/template/resolve.ts';

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
    ['!Cidr [10.0.0.0/16, 2, 8]', ['10.0.0.0/24', '10.0.1.0/24']],
    ['!Cidr [10.0.0.0/16, 2]', ['10.0.0.0/24', '10.0.1.0/24']],
    ["!Select [1, !Cidr ['2001:db8:0:ff00::/56', 2, 64]]", '2001:db8:0:ff01:0:0:0:0/64'],
    ['[!Ref AWS::NoValue, !Ref Name]', ['shop']],
  ])('%s is %j', (expression, expected) => {
    const [wanted] = resolve(expression);

    expect(wanted?.values['Value']).toEqual(expected);
    expect(wanted?.unknown).toEqual([]);
  });

  test.each([['!GetAtt Other.Arn'], ["!GetAZs ''"], ['!ImportValue x'], ['!Ref Other'], ["!Sub '${Other.Arn}'"], ['!Fresh x'], ['!Fresh {a: b}'], ['!If [Unheard, 1, 2]'], ['!Ref NoDefault'], ['!FindInMap [Sizes, nowhere, cpu]'], ['!Cidr [10.0.0.0/24, 300, 8]'], ['!Ref Image'], ["'{{resolve:ssm:/a:1}}'"], ["!Sub '{{resolve:ssm:/${Name}:1}}'"], ['{"Fn::Transform": {Name: AWS::Include}, Other: 1}']])(
    '%s cannot be known here and is never compared',
    (expression) => {
      const [wanted] = resolve(expression);

      expect(wanted?.unknown).toEqual([['Value']]);
      expect(wanted?.values['Beside']).toBe('known');
    },
  );
});

describe('YAML is read as version 1.1', () => {
  test.each([
    ['yes', true], ['Off', false], ['N', 'N'], ['y', 'y'], ["'yes'", 'yes'], ['!!str no', 'no'],
    ['0644', 420], ['0x1F', 31], ['0b101', 5], ['1_000', 1000], ['22:22', 1342], ["'22:22'", '22:22'], ['1e3', 1000], ['1.5', 1.5], ['~', null],
    ['012345678901', '012345678901'], ['0o17', '0o17'], ['12345678901234567890', '12345678901234567890'], ['1e999', '1e999'],
    ['2012-10-17', '2012-10-17'], ['2001-12-14t21:59:43.10-05:00', '2001-12-14t21:59:43.10-05:00'],
    ['{yes: 1, 0644: 2, 1.10: 3}', { yes: 1, '0644': 2, '1.10': 3 }],
    ['{<<: {a: 1, b: 1}, b: 2}', { a: 1, b: 2 }],
  ])('%s is %j', (written, expected) => {
    const [wanted] = resolve(written);

    expect(wanted).toMatchObject({ values: { Value: expected }, unknown: [] });
  });

  test('and JSON as JSON, tabs and duplicate keys among it', () => {
    const [wanted] = resolveTemplate(parseTemplate('{\n\t"Resources": {"A": {"Type": "T", "Properties": {"V": 1, "V": "yes"}}}\n}', 't.json'), { parameters: {}, pseudo: {}, physicalIds: {} });

    expect(wanted?.values).toEqual({ V: 'yes' });
  });
});

test.each([
  ['!If [IsProd, {Known: 1, Not: !GetAtt Other.Arn}, 2]', [['Value', 'Not']]],
  ['!If [Unheard, {Known: 1}, {Known: 1}]', []],
  ['{Condition: {StringEquals: {a: b}}}', []],
  ['!Select [5, [a]]', [['Value']]],
  ['!Select [0, [!Ref AWS::NoValue, b]]', [['Value']]],
])('%s leaves unknown only what is: %j', (expression, unknown) => {
  const [wanted] = resolve(expression);

  expect(wanted?.unknown).toEqual(unknown);
});

test('a parameter that AWS does not show is not its default, and one of SSM only what it stood for', () => {
  const text = "Parameters: {Pw: {Type: String, NoEcho: yes, Default: made-up}, Image: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a}}\nResources: {A: {Type: T, Properties: {Pw: !Ref Pw, Image: !Ref Image}}}";

  const [named, stood] = [{}, { Image: 'ami-1' }].map((resolved) => resolveTemplate(parseTemplate(text, 't.yaml'), { parameters: { Image: '/b' }, resolved, pseudo: {}, physicalIds: {} })[0]);

  expect([named?.unknown, stood?.unknown, stood?.values['Image'], stood?.sensitive]).toEqual([[['Pw'], ['Image']], [['Pw']], 'ami-1', [['Pw']]]);
});

test('AWS::NoValue takes the property away', () => {
  const [wanted] = resolve('!If [IsTest, 1, !Ref AWS::NoValue]');

  expect(wanted?.values).toEqual({ Beside: 'known' });
});

test('an element that is not there moves those behind it up, known or not', () => {
  const [wanted] = resolve('[!Ref AWS::NoValue, a, !GetAtt Other.Arn, b]');

  expect(wanted?.values['Value']).toEqual(['a', null, 'b']);
  expect(wanted?.unknown).toEqual([['Value', 1]]);
});

test('a secret that AWS puts in is sensitive; a plain parameter of SSM is not', () => {
  const [secret] = resolve("'{{resolve:secretsmanager:db:SecretString:password}}'");
  const [plain] = resolve("'{{resolve:ssm:/a:1}}'");

  expect([secret?.sensitive, plain?.sensitive]).toEqual([[['Value']], []]);
});

describe('loops', () => {
  const loop = (collection: string): string => `Parameters:\n  Names: {Type: CommaDelimitedList, Default: 'one,t-wo'}\nResources:\n  Plain: {Type: AWS::SQS::Queue}\n  Fn::ForEach::Queues:\n    - N\n    - ${collection}\n    - Queue&{N}:\n        Type: AWS::SQS::Queue\n        Properties: {QueueName: !Sub 'q-\${N}', Label: !Ref N}\n`;

  test('over what is known are run', () => {
    const { resources, isWhole } = resolveWhole(parseTemplate(loop('!Ref Names'), 't.yaml'), { parameters: {}, pseudo: {}, physicalIds: {} });

    expect(resources.map(({ logicalId, values }) => [logicalId, values])).toEqual([['Plain', {}], ['Queueone', { QueueName: 'q-one', Label: 'one' }], ['Queuetwo', { QueueName: 'q-t-wo', Label: 't-wo' }]]);
    expect(isWhole).toBe(true);
  });

  test('run inside conditions and properties too, and inside one another', () => {
    const text = `
Parameters: {Names: {Type: CommaDelimitedList, Default: 'a,b'}}
Conditions:
  Fn::ForEach::C: [N, !Ref Names, {'Is\${N}': !Equals [!Sub '\${N}', a]}]
Resources:
  One:
    Type: T
    Condition: Isa
    Properties:
      Tags: {Fn::ForEach::T: [N, !Ref Names, {'k\${N}': !Sub 'v\${N}'}], fixed: 1}
      Beside: {Fn::ForEach::U: [N, !ImportValue x, {'\${N}': 1}]}
  Fn::ForEach::Outer:
    - X
    - [c, d]
    - Fn::ForEach::Inner: [Y, !Ref Names, {'R\${X}\${Y}': {Type: T, Condition: 'Is\${Y}', Properties: {N: !Sub '\${X}\${Y}'}}}]
`;

    const { resources, isWhole } = resolveWhole(parseTemplate(text, 't.yaml'), { parameters: {}, pseudo: {}, physicalIds: {} });

    expect(isWhole).toBe(true);
    expect(resources.map(({ logicalId, presence }) => [logicalId, presence])).toEqual([['One', 'present'], ['Rca', 'present'], ['Rcb', 'absent'], ['Rda', 'present'], ['Rdb', 'absent']]);
    expect(resources[0]).toMatchObject({ values: { Tags: { ka: 'va', kb: 'vb', fixed: 1 } }, unknown: [['Beside']] });
  });

  test('that would make more than a stack may hold are not run', () => {
    const many = Array.from({ length: 60 }, (_, index) => index).join(',');
    const inner = (name: string, body: string): string => `{Fn::ForEach::${name}: [${name}, [${many}], ${body}]}`;

    const { resources, isWhole } = resolveWhole(parseTemplate(`Resources: ${inner('A', inner('B', inner('C', "{'R${A}x${B}x${C}': {Type: T}}")))}`, 't.yaml'), { parameters: {}, pseudo: {}, physicalIds: {} });

    expect([resources.length < 2_001, isWhole]).toEqual([true, false]);
  });

  test('over what is not known make nobody knows what', () => {
    const { resources, isWhole } = resolveWhole(parseTemplate(loop('!ImportValue x'), 't.yaml'), { parameters: {}, pseudo: {}, physicalIds: {} });

    expect(resources.map(({ logicalId }) => logicalId)).toEqual(['Plain']);
    expect(isWhole).toBe(false);
  });
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
  ['more functions than there are', `Resources: {A: {Type: T, Properties: [${Array.from({ length: 200 }, (_, index) => `!F${index} x`).join(',')}]}}`, { detail: 'more functions than AWS has' }],
  ['a deep one', `{"Resources": {"A": {"Type": "T", "Properties": ${'['.repeat(3_000)}${']'.repeat(3_000)}}}}`, { detail: 'nested deeper than 512' }],
])('%s is refused by name', (_, text, facts) => {
  expect(() => parseTemplate(text, 't.yaml')).toThrow(expect.objectContaining({ code: 'template-unreadable', facts: expect.objectContaining(facts) }));
});

test('a text of many beginnings and no end is read in one go', () => {
  const written = '${a'.repeat(300_000);

  const [wanted] = resolve(`!Sub '${written}'`);

  expect(wanted?.values['Value']).toBe(written);
}, 10_000);

test('whatever the expression, resolving ends without an error', () => {
  const name = fc.constantFrom('Ref', 'Fn::Sub', 'Fn::Join', 'Fn::If', 'Fn::Select', 'Fn::Split', 'Fn::FindInMap', 'Fn::GetAtt', 'Fn::Base64', 'Fn::Length', 'Fn::Cidr', 'Fn::ForEach::X', 'x', '__proto__');
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
  Image: {Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /images/latest}
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
