import type { Attribute, Block, Body } from './ast.ts';
import { parseTemplate, readExpression } from './parse-expression.ts';
import { createReader, type Reader } from './reader.ts';

/**
 * Parses a file of the native syntax.
 * @throws SyntaxMistake
 */
export function parseBody(text: string): Body {
  const reader = createReader(text);
  return readBody(reader, () => reader.ended);
}

function readBody(reader: Reader, ends: () => boolean): Body {
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  for (reader.skipLines(); !ends(); reader.skipLines()) {
    const line = reader.line();
    const name = reader.word();
    if (name === undefined) throw reader.mistake('expected the name of an argument or a block');
    if (reader.take('=')) {
      if (attributes.has(name)) throw reader.mistake(`the argument ${name} is set twice`);
      attributes.set(name, { value: readExpression(reader), line });
    } else blocks.push(readBlock(reader, name, line));
    endLine(reader, ends);
  }
  return { attributes, blocks };
}

function endLine(reader: Reader, ends: () => boolean): void {
  reader.skip();
  if (!ends() && !reader.next('\n')) throw reader.mistake('expected the end of the line');
}

function readBlock(reader: Reader, type: string, line: number): Block {
  const labels: string[] = [];
  for (let label = readLabel(reader); label !== undefined; label = readLabel(reader)) labels.push(label);
  reader.expect('{');
  const body = reader.across('separate', () => (startsOnNextLine(reader) ? readBody(reader, () => reader.next('}')) : readLineBody(reader)));
  reader.expect('}');
  return { type, labels, body, line };
}

function startsOnNextLine(reader: Reader): boolean {
  reader.skip();
  return reader.peek(1) === '\n';
}

/** A block on one line holds one argument at most, and no block. */
function readLineBody(reader: Reader): Body {
  const line = reader.line();
  if (reader.next('}')) return { attributes: new Map(), blocks: [] };
  const name = reader.word();
  if (name === undefined || !reader.take('=')) throw reader.mistake('a block on one line can hold one argument only');
  const value = readExpression(reader);
  if (!reader.next('}')) throw reader.mistake('a block on one line can hold one argument only');
  return { attributes: new Map([[name, { value, line }]]), blocks: [] };
}

function readLabel(reader: Reader): string | undefined {
  if (!reader.next('"')) return reader.word();
  const quoted = reader.match(/"(?:[^"\\\n]|\\.)*"/y);
  if (quoted === undefined) throw reader.mistake('a quoted text does not end on its line');
  const label = parseTemplate(quoted.slice(1, -1));
  if (label.kind !== 'template' || label.parts.some((part) => part.kind !== 'text')) throw reader.mistake('a label cannot be made of a template');
  return label.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}
