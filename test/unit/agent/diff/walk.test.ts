import { describe, expect, test } from 'vitest';
import type { Json, JsonObject, Path } from '#proto/domain/json.ts';
import type { Side } from '#proto/domain/resource.ts';
import { compareOne, lines, side, sighting } from './sighting.ts';

function told(before: JsonObject, after: JsonObject, type = 'aws_x'): readonly string[] {
  return lines(compareOne(sighting({ recorded: side(before), live: side(after) }, { type })));
}

function between(before: Side, after: Side, ignored: readonly Path[] = []): readonly string[] {
  return lines(compareOne(sighting({ code: before, live: after }, { ignored })));
}

describe('what is told', () => {
  test('before is what should be, after what is', () => {
    expect(told({ a: 1, gone: 2 }, { a: 3, come: 4 })).toEqual(['* update a 1 -> 3', '* add come null -> 4', '* remove gone 2 -> null']);
  });

  test('only the innermost place that differs', () => {
    expect(told({ a: { b: { c: 1, d: 2 }, e: 3 } }, { a: { b: { c: 9, d: 2 }, e: 3 } })).toEqual(['* update a.b.c 1 -> 9']);
  });

  test('a rule that explains a whole node is told once, there', () => {
    expect(told({ tags: null, a: 1 }, { tags: {}, a: 2 })).toEqual(['* update a 1 -> 2', 'empty-is-absent add tags null -> {}']);
  });

  test('keys that are odd are written so that they can be told apart', () => {
    expect(told({ tags: { 'a b': '1', 'x.y': '1' } }, { tags: { 'a b': '2', 'x.y': '2' } })).toEqual(['* update tags["a b"] "1" -> "2"', '* update tags["x.y"] "1" -> "2"']);
  });

  test('a key called __proto__ is a key', () => {
    const before = JSON.parse('{"__proto__":{"a":1},"constructor":"x"}') as JsonObject;
    const after = JSON.parse('{"__proto__":{"a":2}}') as JsonObject;

    expect(told(before, after)).toEqual(['* update __proto__.a 1 -> 2', '* remove constructor "x" -> null']);
    expect(Object.prototype).not.toHaveProperty('a');
  });
});

describe('lists', () => {
  test.each<[string, Json, Json, readonly string[]]>([
    ['an element put in at the front shifts nothing', ['a', 'b', 'c'], ['x', 'a', 'b', 'c'], ['* add things[0] null -> "x"']],
    ['an element taken out of the middle', ['a', 'b', 'c'], ['a', 'c'], ['* remove things[1] "b" -> null']],
    ['two taken out apart', ['a', 'b', 'c', 'd', 'e'], ['a', 'c', 'e'], ['* remove things[1] "b" -> null', '* remove things[3] "d" -> null']],
    ['one element changed', ['a', 'b', 'c'], ['a', 'x', 'c'], ['* update things[1] "b" -> "x"']],
    ['a field of an element', [{ a: 1, b: 1 }, { a: 2, b: 2 }], [{ a: 1, b: 1 }, { a: 2, b: 3 }], ['* update things[1].b 2 -> 3']],
  ])('%s', (_, before, after, expected) => {
    expect(told({ things: before }, { things: after })).toEqual(expected);
  });

  test('of a set only what came and what went is told, each with the index that its own side has', () => {
    expect(told({ subnets: ['a', 'b', 'c'] }, { subnets: ['d', 'c', 'a'] })).toEqual(['* add subnets[0] null -> "d"', '* remove subnets[1] "b" -> null']);
  });

  test('an element of a set that changed a little is told as that change', () => {
    const before = { ingress: [{ from_port: 22, to_port: 22, cidr_blocks: ['10.0.0.0/8'] }, { from_port: 443, to_port: 443, cidr_blocks: ['10.0.0.0/8'] }] };
    const after = { ingress: [{ from_port: 443, to_port: 443, cidr_blocks: ['10.0.0.0/8'] }, { from_port: 22, to_port: 22, cidr_blocks: ['0.0.0.0/0', '10.0.0.0/8'] }] };

    expect(told(before, after, 'aws_security_group')).toEqual(['* add ingress[1].cidr_blocks[0] null -> "0.0.0.0/0"']);
  });

  test('elements of a set that mean the same belong together, and the rule is told', () => {
    const before = { ingress: [{ from_port: 22, description: '' }, { from_port: 443, description: 'web' }] };
    const after = { ingress: [{ from_port: 443, description: 'web' }, { from_port: '22', description: null }] };

    expect(told(before, after, 'aws_security_group')).toEqual(['empty-is-absent remove ingress[1].description "" -> null', 'number-text update ingress[1].from_port 22 -> "22"']);
  });

  test('containers are matched by name, ports by number and protocol', () => {
    const before = { spec: { containers: [{ name: 'a', image: 'a:1' }, { name: 'b', image: 'b:1', ports: [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 53 }] }] } };
    const after = { spec: { containers: [{ name: 'b', image: 'b:2', ports: [{ containerPort: 53, protocol: 'TCP', name: 'dns' }, { containerPort: 53, protocol: 'UDP' }] }, { name: 'a', image: 'a:1' }] } };

    expect(told(before, after, 'kubernetes:v1/Pod')).toEqual([
      '* update spec.containers[0].image "b:1" -> "b:2"',
      '* add spec.containers[0].ports[0].name null -> "dns"',
      'kubernetes-default add spec.containers[0].ports[0].protocol null -> "TCP"',
    ]);
  });

  test('a list that differs nearly everywhere is told as a whole', () => {
    const before = Array.from({ length: 400 }, (_, index) => `a${index}`);
    const after = Array.from({ length: 400 }, (_, index) => `b${index}`);

    expect(told({ subnets: before }, { subnets: after })).toHaveLength(1);
  });

  test('a million elements, one of them new, are compared in linear time', () => {
    const before = Array.from({ length: 1_000_000 }, (_, index) => index % 1_000);
    const after = [...before.slice(0, 500_000), -7, ...before.slice(500_000)];

    expect(told({ subnets: before }, { subnets: after })).toEqual(['* add subnets[500000] null -> -7']);
    expect(told({ things: before }, { things: after })).toEqual(['* add things[500000] null -> -7']);
  });
});

describe('documents inside texts', () => {
  test('a difference is told by its path inside', () => {
    expect(told({ body: '{"a":{"b":[1,2]},"c":1}' }, { body: '{ "c": 1, "a": { "b": [1, 3] } }' })).toEqual(['* update body.a.b[1] 2 -> 3']);
  });

  test('a policy is told by statement and action', () => {
    const policy = (...actions: readonly string[]): JsonObject => ({ policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'a', Effect: 'Allow', Action: actions, Resource: '*' }, { Effect: 'Deny', Action: 'x:y', Resource: '*' }] }) });
    const after = { policy: JSON.stringify({ Statement: [{ Effect: 'Deny', Action: ['X:Y'], Resource: '*' }, { Sid: 'a', Effect: 'Allow', Action: ['s3:Put*', 's3:Get*', 's3:*'], Resource: ['*'] }], Version: '2012-10-17' }) };

    expect(told(policy('s3:Get*', 's3:Put*'), after)).toEqual([
      'iam-policy update policy.Statement[0] {"Effect":"Deny","Action":"x:y","Resource":"*"} -> {"Effect":"Deny","Action":["X:Y"],"Resource":"*"}',
      '* add policy.Statement[1].Action[2] null -> "s3:*"',
      'iam-policy update policy.Statement[1].Resource "*" -> ["*"]',
    ]);
  });

  test('YAML is entered like JSON', () => {
    expect(told({ values: 'a: 1\nb:\n  c: x\n' }, { values: 'b: {c: y}\na: 1\n' })).toEqual(['* update values.b.c "x" -> "y"']);
  });

  test('two texts of which one is broken are told as texts', () => {
    expect(told({ body: '{"a":1}' }, { body: '{"a":' })).toEqual(['* update body "{\\"a\\":1}" -> "{\\"a\\":"']);
  });
});

describe('what is not compared', () => {
  test('what cannot be known, on either side', () => {
    expect(between(side({ a: 1, b: { c: 1, d: 1 } }, { unknown: [['a']] }), side({ a: 2, b: { c: 2, d: 2 } }, { unknown: [['b', 'c']] }))).toEqual(['* update b.d 1 -> 2']);
  });

  test('an element of a set with an unknown in it fits the one that it agrees with otherwise', () => {
    const code = side({ ingress: [{ from_port: 1, group: null }, { from_port: 2, group: 'b' }] }, { unknown: [['ingress', 0, 'group']] });

    expect(between(code, side({ ingress: [{ from_port: 2, group: 'b' }, { from_port: 1, group: 'sg-1' }] }))).toEqual([]);
    expect(between(code, side({ ingress: [{ from_port: 2, group: 'b' }, { from_port: 3, group: 'sg-1' }] }))).not.toEqual([]);
  });

  test('what the code declares irrelevant', () => {
    expect(between(side({ a: 1, tags: { x: '1', y: '1' } }), side({ a: 2, tags: { x: '2', y: '2' } }), [['a'], ['tags', 'x']])).toEqual(['* update tags.y "1" -> "2"']);
    expect(between(side({ a: 1 }), side({ a: 2 }), [[]])).toEqual([]);
  });

  test('what a side that names only what it sets leaves out', () => {
    const code = side({ a: 1, block: [{ x: 1 }] }, { partial: true });

    expect(between(code, side({ a: 1, arn: 'z', block: [{ x: 1, computed: 2 }] }))).toEqual([]);
    expect(between(code, side({ a: 1, block: [{ x: 2, computed: 2 }] }))).toEqual(['* update block[0].x 1 -> 2']);
    expect(between(code, side({ a: 1, block: [] }))).toEqual(['* remove block[0] {"x":1} -> null']);
  });

  test('but its maps and documents it names whole', () => {
    const code = side({ tags: { a: '1' }, body: '{"a":1}' }, { partial: true });

    expect(between(code, side({ tags: { a: '1', by: 'hand' }, body: '{"a":1,"b":2}' }))).toEqual(['* add body.b null -> 2', '* add tags.by null -> "hand"']);
  });

  test('rules of a set that the code names in part are found again', () => {
    const code = side({ ingress: [{ from_port: 1 }, { from_port: 2 }] }, { partial: true });

    expect(between(code, side({ ingress: [{ from_port: 2, description: 'b' }, { from_port: 1, description: 'a' }] }))).toEqual([]);
    expect(between(code, side({ ingress: [{ from_port: 2, description: 'b' }] }))).toEqual(['* remove ingress[0] {"from_port":1} -> null']);
  });
});

describe('what is ignored', () => {
  test('a key of a map is ignored also where there was no map, and the other keys are not', () => {
    const ignored: readonly Path[] = [['tags', 'backup']];

    expect(between(side({ tags: null }), side({ tags: { backup: 'yes' } }), ignored)).toEqual([]);
    expect(between(side({ tags: { backup: 'yes' } }), side({ tags: null }), ignored)).toEqual([]);
    expect(between(side({ tags: null }), side({ tags: { backup: 'yes', other: 'x' } }), ignored)).toEqual(['* add tags.other null -> "x"']);
    expect(between(side({ tags: null }), side({ tags: { other: 'x' } }), ignored)).toEqual(['* add tags.other null -> "x"']);
  });
});

describe('secrets', () => {
  function sensitive(before: Side, after: Side) {
    const { comparison } = compareOne(sighting({ recorded: before, live: after }));
    return (comparison?.finding.properties ?? []).map(({ path, sensitive: paths }) => ({ path, paths }));
  }

  test('a path on either side covers what is below it', () => {
    expect(sensitive(side({ a: { b: 1 } }, { sensitive: [['a']] }), side({ a: { b: 2 } }))).toEqual([{ path: 'a.b', paths: [[]] }]);
    expect(sensitive(side({ a: 1 }), side({ a: { b: [{ c: 2 }] } }, { sensitive: [['a', 'b', 0, 'c']] }))).toEqual([{ path: 'a', paths: [['b', 0, 'c']] }]);
  });

  test('each side is asked by its own index', () => {
    const before = side({ subnets: ['x', 'secret'] }, { sensitive: [['subnets', 1]] });

    expect(sensitive(before, side({ subnets: ['y', 'z', 'x'] }))).toEqual([
      { path: 'subnets[0]', paths: [] },
      { path: 'subnets[1]', paths: [] },
      { path: 'subnets[1]', paths: [[]] },
    ]);
  });

  test('where a list was read as a map, everything in it is as secret as its most secret part', () => {
    const before = side({ Tags: [{ Key: 'a', Value: '1' }] }, { sensitive: [['Tags', 0, 'Value']] });

    expect(sensitive(before, side({ Tags: [{ Key: 'a', Value: '2' }] }))).toEqual([{ path: 'Tags.a', paths: [[]] }]);
  });
});

test('values nested deeper than any provider nests are refused by name, equal or not', () => {
  const deep = (leaf: Json): JsonObject => ({ a: Array.from({ length: 5_000 }).reduce<Json>((inner) => [inner], leaf) });

  expect(() => told(deep(1), deep(2))).toThrow(expect.objectContaining({ code: 'value-too-deep' }));
  expect(() => told(deep(1), deep(1))).toThrow(expect.objectContaining({ code: 'value-too-deep' }));
});

test('a set of a hundred thousand objects that all changed is told as a whole, soon', () => {
  const rules = (port: number): JsonObject => ({ ingress: Array.from({ length: 100_000 }, (_, index) => ({ from_port: port + index, description: `rule ${port} ${index}` })) });

  expect(told(rules(0), rules(200_000), 'aws_security_group')).toHaveLength(1);
});
