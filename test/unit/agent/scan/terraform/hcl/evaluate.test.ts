import { describe, expect, test } from 'vitest';
import { createLanguage } from '#agent/scan/terraform/code/language.ts';
import { encodeJson } from '#agent/scan/terraform/hcl/functions/json.ts';
import { parseBody } from '#agent/scan/terraform/hcl/parse-body.ts';
import { parseExpression } from '#agent/scan/terraform/hcl/parse-expression.ts';
import { reveal } from '#agent/scan/terraform/hcl/reveal.ts';
import { isSensitive, isUnknown, sensitive, unknown, type Value } from '#agent/scan/terraform/hcl/value.ts';
import { consoleCases, consoleLocals } from './console-cases.ts';

const noFiles = { read: () => undefined, list: () => undefined };

function evaluate(text: string, names: Readonly<Record<string, Value>> = {}): Value {
  return createLanguage(noFiles)(parseExpression(text), { resolve: (name) => names[name] });
}

describe('an expression comes to what terraform makes of it', () => {
  const locals = new Map([...parseBody(consoleLocals).attributes].map(([name, { value }]) => [name, createLanguage(noFiles)(value, { resolve: () => undefined })]));

  test.each(consoleCases)('%s', (expression, json) => {
    const value = reveal(evaluate(expression, { local: locals })).value;

    expect(encodeJson(value)).toBe(json);
  });
});

describe('what cannot be told', () => {
  const x = unknown('x is not known');

  test.each([
    ['x + 1'],
    ['"a${x}b"'],
    ['upper(x)'],
    ['x ? 1 : 2'],
    ['[for i in x : i]'],
    ['jsonencode({ a = [x] })'],
    ['toset(["a", x])'],
    ['flatten([[1], x])'],
    ['try(x, "fallback")'],
    ['can(x)'],
    ['try([x], "fallback")'],
    ['try([nothing.here], "fallback")'],
    ['can(nothing.here)'],
    ['x == null'],
    ['timestamp()'],
    ['format("%s", null)'],
    ['1 / 0'],
    ['try(1 / 0, 1)'],
    ['pow(2, 0.5)'],
    ['yamldecode("a: !x b")'],
    ['yamldecode("a: .inf")'],
    ['uuid()'],
    ['yamldecode("a: 2020-01-01")'],
    ['provider::aws::arn_parse("x")'],
    ['formatdate("YYYY b", "2018-01-02T23:12:01Z")'],
  ])('%s is unknown', (expression) => {
    expect(isUnknown(evaluate(expression, { x }))).toBe(true);
  });

  test.each([
    ['length([1, x])', 2],
    ['[1, x][0]', 1],
    ['{ a = x, b = 2 }.b', 2],
    ['x && false', false],
    ['x || true', true],
    ['keys({ b = x, a = x })[0]', 'a'],
    ['lookup({ a = 1, b = x }, "a")', 1],
    ['merge({ a = x }, { a = 1 }).a', 1],
    ['try({}.here, "fallback")', 'fallback'],
    ['element([1, x], 0)', 1],
  ])('%s is known although a part is not', (expression, expected) => {
    expect(evaluate(expression, { x })).toBe(expected);
  });
});

describe('what terraform refuses has no value', () => {
  test.each([
    ['tolist([1, true])'],
    ['tomap({ a = 1, b = true })'],
    ['toset([1, true])'],
    ['tomap({ a = [1], b = "x" })'],
    ['true ? 1 : true'],
    ['true ? [1] : { a = 1 }'],
    ['true ? {} : []'],
    ['chunklist([1, true], 1)'],
    ['coalesce(1, true)'],
    ['coalescelist(toset(["x"]), ["y"])'],
    ['compact([[1]])'],
    ['concat(toset(["a"]), ["b"])'],
    ['contains([null], null)'],
    ['distinct([1, true])'],
    ['element(["a"], 1.5)'],
    ['index(toset(["a"]), "a")'],
    ['lookup(tomap({ a = 1 }), "b", "x")'],
    ['range(1, 4, -1)'],
    ['setunion([1], [true])'],
    ['setproduct(["a"])'],
    ['slice(toset(["a"]), 0, 1)'],
    ['list("a")'],
    ['csvdecode("a,a\\n1,2")'],
    ['format("%s", "a", "b")'],
    ['format("%d", 1.5)'],
    ['format("a%")'],
    ['format("%x", "hi")'],
    ['regex("(?P<x>a)(b)", "ab")'],
    ['substr("hello", 1.5, 1)'],
    ['indent(1.5, "a")'],
    ['base64decode("aGk")'],
    ['formatdate("YYYY", "2020-02-30T12:05:06Z")'],
    ['timeadd("2020-02-30T12:05:06Z", "1h")'],
    ['parseint(10, 10)'],
    ['signum(0.1)'],
    ['yamldecode("")'],
    ['cidrsubnets("2001:db8::/32", 33)'],
    ['timeadd("2020-02-03T12:05:06Z", "9999999h")'],
    ['{ m.a = 1 }'],
  ])('%s', (expression) => {
    expect(isUnknown(evaluate(expression, { m: new Map([['a', 'k']]) }))).toBe(true);
  });
});

describe('a sensitive value', () => {
  const secret = sensitive('hunter2');

  test.each([['"a-${secret}"'], ['upper(secret)'], ['[secret][0]'], ['{ a = secret }.a'], ['secret == "x"'], ['secret == "x" ? 1 : 2'], ['[for c in split("", secret) : c]'], ['sha256(secret)'], ['{ (secret) = 1 }']])('makes %s sensitive as well', (expression) => {
    expect(isSensitive(evaluate(expression, { secret }))).toBe(true);
  });

  test('stays a mark on the member that is sensitive, not on its neighbours', () => {
    const value = evaluate('{ a = secret, b = 1 }.b', { secret });

    expect(value).toBe(1);
  });

  test('is freed by nonsensitive', () => {
    expect(evaluate('nonsensitive(secret)', { secret })).toBe('hunter2');
  });
});

test('a number that a double cannot hold keeps its digits', () => {
  expect(encodeJson(evaluate('12345678901234567890'))).toBe('12345678901234567890');
  expect(evaluate('tostring(12345678901234567890)')).toBe('12345678901234567890');
});

test('keys of an object named like parts of a prototype are plain keys', () => {
  const value = evaluate('{ __proto__ = { polluted = true }, constructor = 1 }');

  expect(value instanceof Map && value.size).toBe(2);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

describe('code that would never end', () => {
  test.each([
    ['join("", [for a in range(1000) : join("", [for b in range(1000) : join("", [for c in range(1000) : "x"])])])'],
    ['setproduct(range(1000), range(1000), range(1000))'],
    ['format("%999999999d", 1)'],
    ['range(1000000000)'],
    ['pow(10, 1000000)'],
    [`tostring(${Array.from({ length: 100 }, () => '1e300').join(' * ')})`],
    [`tostring(${Array.from({ length: 100 }, () => '1e-300').join(' * ')})`],
    ['indent(1000000000, "a\\nb")'],
    ['regex("(a*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")'],
    [`${'1 + '.repeat(100_000)}1`],
    [`a${'.b'.repeat(100_000)}`],
  ])('ends as unknown: %.60s', (expression) => {
    expect(isUnknown(evaluate(expression))).toBe(true);
  });
});
