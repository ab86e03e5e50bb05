import { precedence, type BinaryOperator, type Expression, type ForExpression, type ObjectEntry } from './ast.ts';
import { readHeredoc, readQuoted, readTemplateText } from './parse-template.ts';
import { createReader, type Reader } from './reader.ts';

/**
 * Parses one expression of the native syntax that makes up the whole text.
 * @throws SyntaxMistake
 */
export function parseExpression(text: string): Expression {
  const reader = createReader(text);
  const found = reader.across('blank', () => readExpression(reader));
  reader.skipLines();
  if (!reader.ended) throw reader.mistake('something follows the expression');
  return found;
}

/**
 * Parses a string of the JSON syntax: a template in which a backslash means itself.
 * @throws SyntaxMistake
 */
export function parseTemplate(text: string): Expression {
  return readTemplateText(createReader(text), readExpression);
}

/** Reads the expression at a place, and leaves the place behind it. */
export function readExpression(reader: Reader): Expression {
  return reader.deeper(() => readConditional(reader));
}

function readConditional(reader: Reader): Expression {
  const test = readBinary(reader, 0);
  if (!reader.take('?')) return test;
  const yes = readExpression(reader);
  reader.expect(':');
  return { kind: 'conditional', test, yes, no: readExpression(reader) };
}

function readBinary(reader: Reader, level: number): Expression {
  const operators = precedence[level];
  if (operators === undefined) return readUnary(reader);
  let left = readBinary(reader, level + 1);
  for (let operator = takeOperator(reader, operators); operator !== undefined; operator = takeOperator(reader, operators)) {
    left = { kind: 'binary', operator, left, right: readBinary(reader, level + 1) };
  }
  return left;
}

function takeOperator(reader: Reader, operators: readonly BinaryOperator[]): BinaryOperator | undefined {
  return operators.find((operator) => reader.take(operator));
}

function readUnary(reader: Reader): Expression {
  const operator = (['-', '!'] as const).find((sign) => reader.take(sign));
  if (operator === undefined) return readTraversal(reader, readTerm(reader));
  return { kind: 'unary', operator, of: reader.deeper(() => readUnary(reader)) };
}

/** `.name`, `.0`, `.*`, `[key]`, `[*]`, as many as follow. */
function readTraversal(reader: Reader, start: Expression): Expression {
  let found = start;
  for (;;) {
    if (reader.next('...')) return found;
    if (reader.take('.')) found = reader.take('*') ? readAttributeSplat(reader, found) : readAttribute(reader, found);
    else if (reader.take('[')) {
      const key = readUntil(reader, ']', () => (reader.take('*') ? undefined : readExpression(reader)));
      if (key === undefined) return { kind: 'splat', of: found, each: reader.deeper(() => readTraversal(reader, { kind: 'member' })) };
      found = { kind: 'index', of: found, key };
    } else return found;
  }
}

function readAttribute(reader: Reader, of: Expression): Expression {
  const digits = reader.match(/\d+/y);
  if (digits !== undefined) return { kind: 'index', of, key: { kind: 'number', digits } };
  const name = reader.word();
  if (name === undefined) throw reader.mistake('expected a name after the dot');
  return { kind: 'attribute', of, name };
}

/** `.*` takes only the attributes that follow to each member; an index is of the whole again. */
function readAttributeSplat(reader: Reader, of: Expression): Expression {
  let each: Expression = { kind: 'member' };
  while (reader.next('.') && !reader.next('...') && !reader.next('.*')) {
    reader.expect('.');
    each = readAttribute(reader, each);
  }
  return { kind: 'splat', of, each };
}

/** Reads up to the closing bracket; line ends mean nothing until there. */
function readUntil<T>(reader: Reader, close: ')' | ']' | '}', read: () => T): T {
  return reader.across('blank', () => {
    const found = read();
    reader.expect(close);
    return found;
  });
}

function readTerm(reader: Reader): Expression {
  if (reader.take('(')) return readUntil(reader, ')', () => readExpression(reader));
  if (reader.take('[')) return readUntil(reader, ']', () => readList(reader));
  if (reader.take('{')) return readBraces(reader);
  if (reader.next('"')) return readQuoted(reader, readExpression);
  if (reader.next('<<')) return readHeredoc(reader, readExpression);
  const digits = reader.number();
  if (digits !== undefined) return { kind: 'number', digits };
  const name = reader.word();
  if (name === undefined) throw reader.mistake('expected an expression');
  return reader.next('(') || reader.next('::') ? readCall(reader, name) : named(name);
}

function named(name: string): Expression {
  if (name === 'null') return { kind: 'null' };
  return name === 'true' || name === 'false' ? { kind: 'bool', value: name === 'true' } : { kind: 'name', name };
}

function readCall(reader: Reader, start: string): Expression {
  let name = start;
  while (reader.take('::')) name += `::${reader.word() ?? ''}`;
  reader.expect('(');
  return readUntil(reader, ')', () => {
    const args: Expression[] = [];
    let spread = false;
    while (!reader.next(')') && !spread) {
      args.push(readExpression(reader));
      spread = reader.take('...');
      if (!reader.take(',')) break;
    }
    return { kind: 'call', name, args, spread };
  });
}

function readList(reader: Reader): Expression {
  if (takeFor(reader)) return readFor(reader, null);
  const items: Expression[] = [];
  while (!reader.next(']')) {
    items.push(readExpression(reader));
    if (!reader.take(',')) break;
  }
  return { kind: 'list', items };
}

function readBraces(reader: Reader): Expression {
  const loop = reader.across('blank', () => (takeFor(reader) ? readFor(reader, 'object') : undefined));
  if (loop !== undefined) {
    reader.across('blank', () => reader.expect('}'));
    return loop;
  }
  return reader.across('separate', () => {
    const entries: ObjectEntry[] = [];
    reader.skipLines();
    while (!reader.take('}')) {
      entries.push(readEntry(reader));
      const separated = reader.take(',') || reader.next('\n');
      reader.skipLines();
      if (!separated && !reader.next('}')) throw reader.mistake('expected a comma or a new line between the entries');
    }
    return { kind: 'object', entries };
  });
}

function readEntry(reader: Reader): ObjectEntry {
  const isExpression = reader.next('(');
  const key = readExpression(reader);
  if (!reader.take('=')) reader.expect(':');
  const value = readExpression(reader);
  if (isExpression) return { key, value };
  return { key: bareKey(key), value, isBare: true };
}

/** A bare name before `=` is the key itself, and so are `null`, `true` and `false` there. */
function bareKey(key: Expression): Expression {
  if (key.kind === 'name') return text(key.name);
  if (key.kind === 'null') return text('null');
  return key.kind === 'bool' ? text(String(key.value)) : key;
}

function text(value: string): Expression {
  return { kind: 'template', parts: [{ kind: 'text', text: value }] };
}

function takeFor(reader: Reader): boolean {
  reader.skip();
  return reader.match(/for(?=[\s])/y) !== undefined;
}

/** What follows `for`, without the closing bracket. */
function readFor(reader: Reader, result: 'object' | null): ForExpression {
  const first = reader.word();
  const second = reader.take(',') ? reader.word() : undefined;
  if (first === undefined) throw reader.mistake('expected a name after for');
  if (reader.word() !== 'in') throw reader.mistake('expected in');
  const over = readExpression(reader);
  reader.expect(':');
  const left = readExpression(reader);
  if (result === 'object') reader.expect('=>');
  const value = result === 'object' ? readExpression(reader) : left;
  const grouped = result === 'object' && reader.take('...');
  const condition = reader.next('if') && reader.word() === 'if' ? readExpression(reader) : null;
  return {
    kind: 'for',
    keyName: second === undefined ? null : first,
    valueName: second ?? first,
    over,
    key: result === 'object' ? left : null,
    value,
    condition,
    grouped,
  };
}
