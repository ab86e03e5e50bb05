import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import type { Attribute, Block, Body, Expression } from './ast.ts';
import { parseTemplate } from './parse-expression.ts';
import { SyntaxMistake } from './syntax-mistake.ts';

/** How many labels a block has in the JSON syntax, where they are nested objects. What is not listed is an argument. */
const topLevel: ReadonlyMap<string, number> = new Map([
  ['terraform', 0],
  ['locals', 0],
  ['variable', 1],
  ['output', 1],
  ['module', 1],
  ['provider', 1],
  ['resource', 2],
  ['data', 2],
  ['ephemeral', 2],
  ['moved', 0],
  ['removed', 0],
  ['import', 0],
  ['check', 1],
]);
const insideBlock: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map([
  ['resource', new Map([['lifecycle', 0], ['connection', 0], ['provisioner', 1], ['dynamic', 1]])],
  ['data', new Map([['lifecycle', 0], ['dynamic', 1]])],
  ['dynamic', new Map([['content', 0]])],
  ['content', new Map([['dynamic', 1]])],
  ['terraform', new Map([['required_providers', 0], ['backend', 1], ['cloud', 0]])],
  ['provider', new Map([['default_tags', 0], ['ignore_tags', 0]])],
  ['variable', new Map([['validation', 0]])],
]);

/**
 * A file of the JSON syntax as the body that the native syntax would give. Which arguments of a resource are blocks only
 * its provider knows, so they stay arguments here.
 * @throws SyntaxMistake
 */
export function bodyFromJson(content: Json): Body {
  if (isList(content)) return join(content.map(bodyFromJson));
  if (!isObject(content)) throw new SyntaxMistake('the file must hold an object', 1);
  return toBody(content, topLevel);
}

function toBody(content: JsonObject, blockTypes: ReadonlyMap<string, number>, isLiteral = (_name: string): boolean => false): Body {
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  for (const [name, value] of Object.entries(content)) {
    if (name === '//') continue; // a comment
    const labels = blockTypes.get(name);
    if (labels === undefined) attributes.set(name, { value: toExpression(value, isLiteral(name) ? toText : parseTemplate), line: 1 });
    else blocks.push(...toBlocks(name, labels, value, []));
  }
  return { attributes, blocks };
}

function toBlocks(type: string, labelsLeft: number, value: Json, labels: readonly string[]): readonly Block[] {
  if (isList(value)) return value.flatMap((item) => toBlocks(type, labelsLeft, item, labels));
  if (value === null) return [];
  if (!isObject(value)) throw new SyntaxMistake(`${type} must be an object`, 1);
  if (labelsLeft > 0) return Object.entries(value).flatMap(([label, inner]) => (label === '//' ? [] : toBlocks(type, labelsLeft - 1, inner, [...labels, label])));
  return [{ type, labels, line: 1, body: toBody(value, insideBlock.get(type) ?? new Map(), (name) => type === 'variable' && name === 'default') }];
}

/** Strings are templates, except in the default of a variable. */
function toExpression(value: Json, read: (text: string) => Expression): Expression {
  if (value === null) return { kind: 'null' };
  if (typeof value === 'boolean') return { kind: 'bool', value };
  if (typeof value === 'number') return value < 0 ? { kind: 'unary', operator: '-', of: { kind: 'number', digits: String(-value) } } : { kind: 'number', digits: String(value) };
  if (typeof value === 'string') return read(value);
  if (isList(value)) return { kind: 'list', items: value.map((item) => toExpression(item, read)) };
  return { kind: 'object', entries: Object.entries(value).map(([key, item]) => ({ key: read(key), value: toExpression(item, read) })) };
}

function toText(text: string): Expression {
  return { kind: 'template', parts: [{ kind: 'text', text }] };
}

function join(bodies: readonly Body[]): Body {
  return { attributes: new Map(bodies.flatMap((body) => [...body.attributes])), blocks: bodies.flatMap((body) => body.blocks) };
}
