import type { Attribute, Block, Body } from '../hcl/ast.ts';
import { constantText } from '../hcl/constant-text.ts';
import { parseExpression } from '../hcl/parse-expression.ts';
import { findMistakes } from './mistakes.ts';
import { addressText, type CodeMistake, type Module, type Move, type PlacedBlock, type RequiredProvider } from './module.ts';

/** A parsed file of a folder. */
export interface CodeFile {
  readonly name: string;
  readonly body: Body;
  readonly override: boolean;
}

/** Puts the files of a folder together: the plain ones side by side, then the override files over them in order of name. */
export function buildModule(folder: string, files: readonly CodeFile[]): Module {
  const plain = files.filter((file) => !file.override).flatMap(placed);
  const overrides = files.filter((file) => file.override).flatMap(placed);
  const declared = declare(plain);
  const baseless = overrides.filter((block) => !overrideWith(declared.blocks, block)).map(({ type, labels, file, line }) => ({ file, line, reason: `there is no ${[type, ...labels].join(' ')} to override` }));
  const locals = declareLocals(plain, overrides);

  const terraform = [...plain, ...overrides].filter((block) => block.type === 'terraform');
  const module = {
    folder,
    variables: ofType(declared.blocks, 'variable'),
    locals: locals.found,
    resources: ofType(declared.blocks, 'resource'),
    data: ofType(declared.blocks, 'data'),
    ephemerals: ofType(declared.blocks, 'ephemeral'),
    calls: ofType(declared.blocks, 'module'),
    outputs: ofType(declared.blocks, 'output'),
    providers: ofType(declared.blocks, 'provider'),
    required: requiredProviders(terraform),
    moves: plain.filter((block) => block.type === 'moved').flatMap(moveOf),
    backend: backendOf(terraform),
  };
  const strayed = files.flatMap((file) => [...file.body.attributes].map(([name, { line }]) => ({ file: file.name, line, reason: `the argument ${name} stands outside of any block` })));
  return { ...module, mistakes: [...strayed, ...declared.mistakes, ...baseless, ...locals.mistakes, ...findMistakes(module)] };
}

function placed(file: CodeFile): readonly PlacedBlock[] {
  return file.body.blocks.map((block) => ({ ...block, file: file.name }));
}

/** Types whose blocks have a name that can be declared once, and how many labels make it up. */
const named: ReadonlyMap<string, number> = new Map([['variable', 1], ['resource', 2], ['data', 2], ['ephemeral', 2], ['module', 1], ['output', 1], ['provider', 1]]);

interface Declared {
  readonly blocks: Map<string, PlacedBlock>;
  readonly mistakes: readonly CodeMistake[];
}

function declare(blocks: readonly PlacedBlock[]): Declared {
  const found = new Map<string, PlacedBlock>();
  const mistakes: CodeMistake[] = [];
  for (const block of blocks) {
    const labels = named.get(block.type);
    if (labels === undefined) continue;
    const place = { file: block.file, line: block.line };
    if (block.labels.length !== labels) mistakes.push({ ...place, reason: `a block of type ${block.type} takes ${labels} label${labels === 1 ? '' : 's'}` });
    else if (found.has(keyOf(block))) mistakes.push({ ...place, reason: `the ${block.type} ${block.labels.join('.')} is declared twice` });
    else found.set(keyOf(block), block);
  }
  return { blocks: found, mistakes };
}

/** `resource aws_vpc.main`, `provider aws.east`. */
function keyOf({ type, labels, body }: Block): string {
  const alias = type === 'provider' ? constantText(body.attributes.get('alias')?.value) : undefined;
  return `${type} ${[...labels, ...(alias === undefined ? [] : [alias])].join('.')}`;
}

function ofType(blocks: ReadonlyMap<string, PlacedBlock>, type: string): ReadonlyMap<string, PlacedBlock> {
  return new Map([...blocks].filter(([, block]) => block.type === type).map(([key, block]) => [key.slice(type.length + 1), block]));
}

/** Whether there was something to override. A provider without a block is as if it had an empty one. */
function overrideWith(blocks: Map<string, PlacedBlock>, block: PlacedBlock): boolean {
  if (!named.has(block.type)) return true;
  const base = blocks.get(keyOf(block));
  blocks.set(keyOf(block), base === undefined ? block : { ...base, body: mergeBodies(base.body, block.body) });
  return base !== undefined || (block.type === 'provider' && !block.body.attributes.has('alias'));
}

/** Arguments are replaced one by one, nested blocks all of a type at once; `lifecycle` is merged itself. */
function mergeBodies(base: Body, over: Body): Body {
  const replaced = new Set(over.blocks.map(blockName));
  const kept = base.blocks.filter((block) => !replaced.has(blockName(block)) || block.type === 'lifecycle');
  const baseLifecycle = kept.find((block) => block.type === 'lifecycle');
  const blocks = over.blocks.map((block) => (block.type === 'lifecycle' && baseLifecycle !== undefined ? { ...block, body: mergeBodies(baseLifecycle.body, block.body) } : block));
  const others = replaced.has('lifecycle') ? kept.filter((block) => block !== baseLifecycle) : kept;
  return { attributes: new Map([...base.attributes, ...over.attributes]), blocks: [...others, ...blocks] };
}

function blockName({ type, labels }: Block): string {
  return type === 'dynamic' ? (labels[0] ?? '') : type;
}

function declareLocals(plain: readonly PlacedBlock[], overrides: readonly PlacedBlock[]): { readonly found: ReadonlyMap<string, Attribute>; readonly mistakes: readonly CodeMistake[] } {
  const declared = localsOf(plain);
  const twice = declared.filter(({ name, at }, index) => declared.findIndex((other) => other.name === name && other.at.file === at.file) < index).map(({ name, at }) => ({ ...at, reason: `the local ${name} is declared twice` }));
  const over = localsOf(overrides);
  const baseless = over.filter(({ name }) => !declared.some((other) => other.name === name)).map(({ name, at }) => ({ ...at, reason: `there is no local ${name} to override` }));
  return { found: new Map([...declared, ...over].map(({ name, attribute }) => [name, attribute])), mistakes: [...twice, ...baseless] };
}

function localsOf(blocks: readonly PlacedBlock[]) {
  const locals = blocks.filter((block) => block.type === 'locals');
  return locals.flatMap(({ file, body }) => [...body.attributes].map(([name, attribute]) => ({ name, attribute, at: { file, line: attribute.line } })));
}

function requiredProviders(terraform: readonly PlacedBlock[]): Module['required'] {
  const found = new Map<string, RequiredProvider>();
  for (const { file, body } of terraform) {
    for (const [name, { value, line }] of body.blocks.filter(({ type }) => type === 'required_providers').flatMap((block) => [...block.body.attributes])) {
      const entries = value.kind === 'object' ? value.entries : [];
      const source = constantText(entries.find(({ key }) => constantText(key) === 'source')?.value);
      if (source !== undefined) found.set(name, { source, file, line });
    }
  }
  return found;
}

function backendOf(terraform: readonly PlacedBlock[]): Module['backend'] {
  for (const { file, body } of terraform.toReversed()) {
    for (const block of body.blocks) {
      if (block.type === 'backend') return { type: block.labels[0] ?? '', block: { ...block, file } };
      if (block.type === 'cloud') return { type: 'cloud', block: { ...block, file } };
    }
  }
  return null;
}

function moveOf({ body }: Block): readonly Move[] {
  const [from, to] = ['from', 'to'].map((name) => endpoint(body.attributes.get(name)));
  return from === undefined || to === undefined ? [] : [{ from, to }];
}

/** In the JSON syntax both are texts. */
function endpoint(attribute: Attribute | undefined): string | undefined {
  if (attribute === undefined) return undefined;
  const text = constantText(attribute.value);
  try {
    return addressText(text === undefined ? attribute.value : parseExpression(text));
  } catch {
    return undefined;
  }
}
