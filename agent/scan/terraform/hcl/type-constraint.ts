import type { Expression } from './ast.ts';
import { constantText } from './constant-text.ts';
import { parseExpression } from './parse-expression.ts';
import type { AttributeType, Type } from './typed.ts';

const any: Type = { kind: 'any' };

/** Reads a type; what is not understood asks for nothing. Quoted types are those of old code. */
export function readType(written: Expression | undefined): Type {
  if (written === undefined) return any;
  if (written.kind === 'template') return readText(constantText(written) ?? '');
  if (written.kind === 'name') return readName(written.name);
  if (written.kind !== 'call') return any;
  const [inner] = written.args;
  if (written.name === 'list' || written.name === 'set' || written.name === 'map') return { kind: written.name, of: readType(inner) };
  if (written.name === 'tuple' && inner?.kind === 'list') return { kind: 'tuple', items: inner.items.map(readType) };
  if (written.name === 'object' && inner?.kind === 'object') return { kind: 'object', attributes: new Map(inner.entries.map(({ key, value }) => [constantText(key) ?? '', readAttribute(value)])) };
  return any;
}

function readName(name: string): Type {
  if (name === 'string' || name === 'number' || name === 'bool') return { kind: name };
  return name === 'list' || name === 'map' || name === 'set' ? { kind: name, of: any } : any;
}

/** A type in quotes: old code, or the JSON syntax. */
function readText(text: string): Type {
  if (!text.includes('(')) return readName(text);
  try {
    return readType(parseExpression(text));
  } catch {
    return any;
  }
}

function readAttribute(written: Expression): AttributeType {
  if (written.kind !== 'call' || written.name !== 'optional') return { type: readType(written), optional: false, otherwise: null };
  return { type: readType(written.args[0]), optional: true, otherwise: written.args[1] ?? null };
}
