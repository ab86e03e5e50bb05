import fc from 'fast-check';
import { parse as parseWithHashiCorp } from '@cdktf/hcl2json';
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Body, Expression } from '#agent/scan/terraform/hcl/ast.ts';
import { constantText } from '#agent/scan/terraform/hcl/constant-text.ts';
import { createLanguage } from '#agent/scan/terraform/code/language.ts';
import { parseBody } from '#agent/scan/terraform/hcl/parse-body.ts';
import { SyntaxMistake } from '#agent/scan/terraform/hcl/syntax-mistake.ts';
import { corpus } from '#test/harness/corpus.ts';

function textOf(code: string, name = 'a'): string | undefined {
  return constantText(parseBody(code).attributes.get(name)?.value);
}

describe('a text between markers', () => {
  test.each([
    ['keeps its lines', 'a = <<EOT\n  one\n  two\nEOT\n', '  one\n  two\n'],
    ['loses the indentation its lines share', 'a = <<-EOT\n    one\n      two\n  EOT\n', 'one\n  two\n'],
    ['is not dedented by empty lines', 'a = <<-EOT\n    a\n   \n\n    b\n  EOT\n', 'a\n   \n\nb\n'],
    ['keeps carriage returns', 'a = <<EOT\r\none\r\nEOT\r\n', 'one\r\n'],
    ['keeps what is escaped for a template', 'a = <<EOT\n$${x} %%{ if }\nEOT\n', '${x} %{ if }\n'],
    ['takes a backslash for itself', 'a = <<EOT\na\\nb\nEOT\n', 'a\\nb\n'],
    ['ends only at its marker alone', 'a = <<EOT\nEOTX\n EOT x\nEOT\n', 'EOTX\n EOT x\n'],
  ])('%s', (_, code, expected) => {
    expect(textOf(code)).toBe(expected);
  });
});

test('escapes in quotes are what HCL knows', () => {
  expect(textOf('a = "t\\tq\\"b\\\\ \\u2603 \\U0001F600 $${x} $ %"')).toBe('t\tq"b\\ ☃ 😀 ${x} $ %');
});

test('comments of all three kinds stand anywhere', () => {
  const body = parseBody('# one\na = 1 // two\n/* three\n */ b /* four */ = 2\nc "x" { # five\n}\n');

  expect([...body.attributes.keys()]).toEqual(['a', 'b']);
  expect(body.blocks.map(({ type, labels, line }) => [type, labels, line])).toEqual([['c', ['x'], 5]]);
});

describe('what HCL refuses is refused, with its line', () => {
  test.each([
    ['two arguments of a block on one line', 'a { b = 1, c = 2 }', 1],
    ['a block in a block on one line', '\na { b { c = 1 } }', 2],
    ['a block on one line that goes on', 'a { b = 1\n}', 1],
    ['a block that does not end', 'resource "a" "b" {\n', 2],
    ['an argument set twice', 'a = 1\na = 2\n', 2],
    ['a text that does not end', 'a = "x\n', 1],
    ['a heredoc that does not end', 'a = <<EOT\nx\n', 3],
    ['an argument without a value', 'a =\n', 1],
    ['an interpolation in a label', 'resource "a" "${b}" {\n}\n', 1],
    ['two arguments on a line', 'a = 1 b = 2\n', 1],
    ['a template whose if does not end', 'a = "%{ if true }x"\n', 1],
    ['an unknown escape', 'a = "\\q"\n', 1],
    ['nesting beyond any sense', `a = ${'['.repeat(100_000)}`, 1],
    ['blocks nested beyond any sense', 'a {\n'.repeat(100_000), 201],
  ])('%s', (_, code, line) => {
    expect(() => parseBody(code)).toThrow(SyntaxMistake);
    expect(() => parseBody(code)).toThrow(`(line ${line})`);
  });
});

test('no text makes the parser do anything but parse or refuse', () => {
  const pieces = fc.constantFrom('"', '${', '}', '%{', '{', '[', ']', '(', ')', '<<E\n', '\nE\n', '\n', '=', '.', '*', '?', ':', ',', '\\', 'for ', ' in ', 'if ', 'else', 'endif', 'a', '1', '-', '!', '&&', '=>', '...', '#', '/*', '*/', '$${', '__proto__', 'é', '\u{1F600}');
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 60 }), (parts) => {
      const language = createLanguage({ read: () => undefined, list: () => undefined });
      try {
        for (const { value } of parseBody(parts.join('')).attributes.values()) language(value, { resolve: () => undefined });
      } catch (error) {
        if (!(error instanceof SyntaxMistake)) throw error;
      }
    }),
    { numRuns: 3_000 },
  );
  expect(Object.keys({})).toEqual([]);
});

const hcl = corpus('iac');

describe.skipIf(!hcl.isThere)(`HashiCorp's own parser and ours agree on every file of the corpus${hcl.reason}`, () => {
  test.each(hcl.isThere ? globSync('**/*.tf', { cwd: hcl.path }).sort() : [])('%s', async (file) => {
    const text = readFileSync(`${hcl.path}/${file}`, 'utf8');
    const theirs: unknown = await parseWithHashiCorp(file, text).catch(() => refused);
    const ours = attempt(() => outline(parseBody(text)));

    expect(ours).toEqual(blurred(theirs));
  });
});

const refused = 'refused';
const computed = 'computed';

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxMistake) return refused;
    throw error;
  }
}

/** A body in the shape in which hcl2json writes it, everything that is not a plain value blurred. */
function outline({ attributes, blocks }: Body): Record<string, unknown> {
  const found: Record<string, unknown> = Object.fromEntries([...attributes].map(([name, { value }]) => [name, plain(value)]));
  for (const { type, labels, body } of blocks) {
    const path = [type, ...labels];
    let at = found;
    for (const step of path.slice(0, -1)) at = (at[step] ??= {}) as Record<string, unknown>;
    const last = path.at(-1) ?? '';
    at[last] = [...((at[last] ?? []) as unknown[]), outline(body)];
  }
  return found;
}

function plain(of: Expression): unknown {
  const text = constantText(of);
  if (text !== undefined) return text;
  if (of.kind === 'null') return null;
  if (of.kind === 'bool') return of.value;
  if (of.kind === 'number') return Number(of.digits);
  if (of.kind === 'unary' && of.operator === '-' && of.of.kind === 'number') return -Number(of.of.digits);
  if (of.kind === 'list') return of.items.map(plain);
  if (of.kind !== 'object') return computed;
  return Object.fromEntries(of.entries.map(({ key, value }) => [constantText(key) ?? '${}', plain(value)] as const).filter(([key]) => isPlainKey(key)));
}

/** hcl2json writes a computed value as a template in a text, and keeps the escapes of a plain one. */
function blurred(value: unknown): unknown {
  if (typeof value === 'string') return /(?:^|[^$%])(?:\$\$|%%)*[$%]\{/.test(value) ? computed : value.replaceAll(/([$%])\1\{/g, '$1{');
  if (Array.isArray(value)) return value.map(blurred);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => isPlainKey(key)).map(([key, item]) => [key, blurred(item)]));
}

/** Keys that may be references are written alike by neither. */
function isPlainKey(key: string): boolean {
  return !key.includes('${') && !/^[\w-]+(?:\.[\w-]+)+$/.test(key);
}
