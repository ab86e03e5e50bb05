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
  const body = reader.across('separate', () => readBody(reader, () => reader.next('}')));
  reader.expect('}');
  return { type, labels, body, line };
}

function readLabel(reader: Reader): string | undefined {
  if (!reader.next('"')) return reader.word();
  const quoted = reader.match(/"(?:[^"\\\n]|\\.)*"/y);
  if (quoted === undefined) throw reader.mistake('a quoted text does not end on its line');
  const label = parseTemplate(quoted.slice(1, -1));
  if (label.kind !== 'template' || label.parts.some((part) => part.kind !== 'text')) throw reader.mistake('a label cannot be made of a template');
  return label.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}
