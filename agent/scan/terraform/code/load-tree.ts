import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import type { Json } from '#proto/domain/json.ts';
import type { Body } from '../hcl/ast.ts';
import { constantText } from '../hcl/constant-text.ts';
import { bodyFromJson } from '../hcl/json-body.ts';
import { parseBody } from '../hcl/parse-body.ts';
import { SyntaxMistake } from '../hcl/syntax-mistake.ts';
import { isCode } from '../layout.ts';
import { decodeText } from '../../source/decode.ts';
import { parseJson } from '../../source/parse-json.ts';
import { buildModule, type CodeFile } from './build-module.ts';
import { installedModules } from './installed-modules.ts';
import type { Module, ModuleTree, PlacedBlock } from './module.ts';

/** Modules that call modules: deeper than this they call one another in a circle, or nearly. */
const maxModuleDepth = 20;
const maxModules = 2_000;
const maxFileBytes = 16 * 1024 * 1024;

/**
 * Reads a folder of code and the modules that it calls: local ones, and those that `terraform init` has installed beside it.
 * @throws Fault `code-unreadable` where the root's own code cannot be understood
 */
export async function loadTree(folder: string, source: string, signal: AbortSignal): Promise<ModuleTree> {
  const installed = await installedModules(folder);
  let count = 0;
  return load(folder, [], '');

  async function load(at: string, callers: readonly string[], path: string): Promise<ModuleTree> {
    signal.throwIfAborted();
    count += 1;
    if (count > maxModules) throw new Fault('code-unreadable', { source, reason: `it calls more than ${maxModules} modules` });
    const module = await readModule(at, (name) => relative(folder, join(at, name)), source);
    const children = new Map<string, ModuleTree | string>();
    for (const [name, call] of module.calls) children.set(name, await follow(at, [...callers, at], path === '' ? name : `${path}.${name}`, call));
    return { module, children };
  }

  async function follow(from: string, callers: readonly string[], path: string, call: PlacedBlock): Promise<ModuleTree | string> {
    const written = constantText(call.body.attributes.get('source')?.value);
    if (written === undefined) return 'the source of the module cannot be told';
    const found = /^\.{1,2}(?:\/|$)/.test(written) ? resolve(from, written) : installed.get(path);
    if (found === undefined) return `the module comes from elsewhere (${kindOfSource(written)}) and is not installed beside the code`;
    if (callers.includes(found)) return 'the modules call one another in a circle';
    if (callers.length >= maxModuleDepth) return `modules are nested deeper than ${maxModuleDepth} levels`;
    const exists = await stat(found).then((entry) => entry.isDirectory(), () => false);
    return exists ? load(found, callers, path) : 'the folder of the module is not there';
  }
}

/** Never the source itself: a Git address may carry a token. */
function kindOfSource(written: string): string {
  if (/^git::|\.git(?:[/?]|$)|^github\.com\/|^git@/.test(written)) return 'Git';
  return /^[\w-]+(?:\.[\w.-]+)?(?:\/[\w-]+){2,3}(?:\/\/.*)?$/.test(written) ? 'a registry' : 'a remote address';
}

async function readModule(folder: string, label: (name: string) => string, source: string): Promise<Module> {
  const names = (await readdir(folder).catch((): string[] => [])).filter(isCode).sort();
  const chosen = names.filter((name) => !/\.tf(?:\.json)?$/.test(name) || !names.includes(name.replace(/\.tf(\.json)?$/, '.tofu$1')));
  const files = await Promise.all(chosen.map(async (name): Promise<CodeFile> => ({ name: label(name), override: isOverride(name), body: await readBody(join(folder, name), label(name), source) })));
  const module = buildModule(folder, files);
  const [first] = module.mistakes;
  if (first !== undefined) throw new Fault('code-unreadable', { source, file: first.file, line: first.line, reason: first.reason, mistakes: module.mistakes.length });
  return module;
}

function isOverride(name: string): boolean {
  return /^(?:.*_)?override\.(?:tf|tofu)(?:\.json)?$/.test(name);
}

async function readBody(path: string, file: string, source: string): Promise<Body> {
  const { size } = await stat(path);
  if (size > maxFileBytes) throw new Fault('source-too-large', { source, file, bytes: size, limit: maxFileBytes });
  const text = decodeText(await readFile(path), file);
  try {
    return path.endsWith('.json') ? bodyFromJson(parseContent(text, file)) : parseBody(text);
  } catch (error) {
    if (error instanceof SyntaxMistake) throw new Fault('code-unreadable', { source, file, line: error.line, reason: error.reason });
    throw error;
  }
}

function parseContent(text: string, file: string): Json {
  return text.trim() === '' ? {} : parseJson(text, file);
}
