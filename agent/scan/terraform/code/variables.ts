import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import type { Json } from '#proto/domain/json.ts';
import type { Expression } from '../hcl/ast.ts';
import { fromJson } from '../hcl/functions/json.ts';
import { parseBody } from '../hcl/parse-body.ts';
import { parseExpression } from '../hcl/parse-expression.ts';
import { SyntaxMistake } from '../hcl/syntax-mistake.ts';
import { readType } from '../hcl/type-constraint.ts';
import { unknown, type Value } from '../hcl/value.ts';
import { decodeText } from '../../source/decode.ts';
import { parseJson } from '../../source/parse-json.ts';
import { constantValue } from './constant-value.ts';
import type { Module } from './module.ts';

/**
 * The values given to a root module's variables, the stronger over the weaker: `TF_VAR_…`, `terraform.tfvars`,
 * `terraform.tfvars.json`, then `*.auto.tfvars` and `*.auto.tfvars.json` in order of name.
 * @throws Fault `code-unreadable`
 */
export async function givenVariables(module: Module, env: Readonly<Record<string, string | undefined>>, source: string): Promise<ReadonlyMap<string, Value>> {
  const given = fromEnvironment(module, env);
  for (const name of await variableFiles(module.folder)) {
    for (const [key, value] of await readFileOf(join(module.folder, name), source)) given.set(key, value);
  }
  return given;
}

async function variableFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const auto = names.filter((name) => /\.auto\.tfvars(?:\.json)?$/.test(name)).sort();
  return [...['terraform.tfvars', 'terraform.tfvars.json'].filter((name) => names.includes(name)), ...auto];
}

async function readFileOf(path: string, source: string): Promise<readonly (readonly [string, Value])[]> {
  const file = basename(path);
  try {
    const text = decodeText(await readFile(path), file);
    if (path.endsWith('.json')) return Object.entries(parseJson(text, file) ?? {}).map(([name, value]: [string, Json]) => [name, fromJson(value)]);
    return [...parseBody(text).attributes].map(([name, { value }]) => [name, constantValue(value)]);
  } catch (error) {
    if (error instanceof SyntaxMistake) throw new Fault('code-unreadable', { source, file, line: error.line, reason: error.reason });
    throw error;
  }
}

/** A variable of a plain type is given as text, any other as an expression. */
function fromEnvironment({ variables }: Module, env: Readonly<Record<string, string | undefined>>): Map<string, Value> {
  const given = new Map<string, Value>();
  for (const [name, block] of variables) {
    const text = env[`TF_VAR_${name}`];
    if (text === undefined) continue;
    const written = block.body.attributes.get('type')?.value;
    const { kind } = readType(written);
    const plain = kind === 'string' || kind === 'number' || kind === 'bool' || (kind === 'any' && written === undefined);
    given.set(name, plain ? text : parsed(text));
  }
  return given;
}

function parsed(text: string): Value {
  let expression: Expression;
  try {
    expression = parseExpression(text);
  } catch {
    return unknown('the environment gives no value that can be read');
  }
  return constantValue(expression);
}
