import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLanguage } from '#agent/scan/terraform/code/language.ts';
import { parseBody } from '#agent/scan/terraform/hcl/parse-body.ts';
import { parseExpression, parseTemplate } from '#agent/scan/terraform/hcl/parse-expression.ts';
import { SyntaxMistake } from '#agent/scan/terraform/hcl/syntax-mistake.ts';
import { reveal } from '#agent/scan/terraform/hcl/reveal.ts';
import { Fault } from '#proto/domain/fault.ts';
import { makeFolder } from '#test/harness/folder.ts';
import { scanTerraform, stateOf } from '#test/harness/terraform.ts';

describe('large files of little sense are parsed in time that grows with them', () => {
  test.each([
    ['a text of 8 MB', `a = "${'x'.repeat(8_000_000)}"\n`],
    ['4 million empty lines', `${'\n'.repeat(4_000_000)}a = 1\n`],
    ['a heredoc of 300,000 lines', `a = <<-EOT\n${'  line ${1}\n'.repeat(300_000)}EOT\n`],
    ['a list of a million members', `a = [${'1,'.repeat(1_000_000)}]\n`],
    ['200,000 comments', '# x\n'.repeat(200_000)],
    ['100,000 arguments', Array.from({ length: 100_000 }, (_, index) => `a${index} = "b"`).join('\n') + '\n'],
  ])('%s', (_, text) => {
    expect(() => parseBody(text)).not.toThrow();
  });
});

test('values that hold one another without end are refused or unknown, never a crash', async () => {
  const nested = Array.from({ length: 2_000 }, (_, index) => `l${index} = [local.l${index + 1}]`).toReversed().join('\n');
  const uses = Array.from({ length: 2_000 }, (_, index) => `a${index} = local.l${1_999 - index}`).join('\n');
  const folder = await makeFolder({ 'main.tf': `locals {\n${nested}\nl2000 = 1\n}\nresource "test" "x" {\n${uses}\n}\n`, 'terraform.tfstate': stateOf({ 'test.x': {} }) });

  const outcome = await scanTerraform(folder).then(() => 'read', (error: unknown) => (error instanceof Fault ? error.code : error));

  expect(['read', 'code-unreadable']).toContain(outcome);
});

const name = fc.constantFrom('x', 'u', 's', 'm', 'l', '__proto__', 'constructor');
const scalar = fc.oneof(fc.constantFrom('1', '0', '-1', '1.5', 'true', 'false', 'null', '""', '"a"', '"${x}"', '[]', '{}', '12345678901234567890', '1e300'), name);
const functions = fc.constantFrom('upper', 'join', 'split', 'merge', 'keys', 'values', 'length', 'flatten', 'toset', 'tolist', 'tomap', 'jsonencode', 'jsondecode', 'format', 'formatlist', 'regex', 'replace', 'substr', 'cidrsubnet', 'cidrhost', 'element', 'lookup', 'zipmap', 'range', 'setproduct', 'slice', 'sort', 'sum', 'min', 'max', 'pow', 'try', 'can', 'coalesce', 'yamlencode', 'yamldecode', 'csvdecode', 'base64decode', 'indent', 'title', 'one', 'chunklist', 'transpose', 'timeadd', 'parseint', 'templatestring', 'sensitive', 'nonsensitive', 'file', 'fileset', 'nothing');
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.tuple(functions, fc.array(tie('expression'), { maxLength: 3 })).map(([called, args]) => `${called}(${args.join(', ')})`),
    fc.tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/', '%', '==', '!=', '<', '&&', '||'), tie('expression')).map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a})[${b}]`),
    fc.tuple(tie('expression'), name).map(([a, b]) => `(${a}).${b}`),
    fc.tuple(tie('expression'), name).map(([a, b]) => `(${a})[*].${b}`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `[for x in ${a} : ${b}]`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `{for x, y in ${a} : ${b} => ${c}}`),
    fc.array(tie('expression'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.array(fc.tuple(name, tie('expression')), { maxLength: 3 }).map((items) => `{${items.map(([key, value]) => `${key} = ${value}`).join(', ')}}`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `"%{ if ${a} }\${${b}}%{ endif }"`),
  ),
}));

const files = { read: () => undefined, list: () => undefined };

test('whatever the language can say comes to a value, and touches nothing', () => {
  const names = new Map(['x', 'm', 'l'].map((each, index) => [each, createLanguage(files)(parseExpression(['"text"', '{ a = 1, b = [2] }', '[1, "a", null]'][index] ?? 'null'), { resolve: () => undefined })]));
  const scope = { resolve: (asked: string) => (asked === 'u' ? ({ kind: 'unknown', why: 'u', failed: false } as const) : asked === 's' ? ({ kind: 'sensitive', value: 'secret' } as const) : names.get(asked)) };

  fc.assert(
    fc.property(expression, (text) => {
      const value = createLanguage(files)(parseExpression(text), scope);

      expect(reveal(value)).toBeDefined();
    }),
    { numRuns: 2_000 },
  );
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('whatever stands in a template is parsed or refused', () => {
  const pieces = fc.array(fc.constantFrom('$', '%', '{', '}', '${', '%{', '$${', '%%{', '~', '\n', '\r\n', 'if ', 'else', 'endif', 'for x in l', 'endfor', '"', '\\', 'a', '<<E\n', 'E\n'), { maxLength: 30 });
  fc.assert(
    fc.property(pieces, (parts) => {
      expect(outcomeOf(() => parseTemplate(parts.join('')))).toMatch(/^(?:parsed|refused)$/);
    }),
    { numRuns: 3_000 },
  );
});

function outcomeOf(work: () => unknown): string {
  try {
    work();
    return 'parsed';
  } catch (error) {
    return error instanceof SyntaxMistake ? 'refused' : String(error);
  }
}
