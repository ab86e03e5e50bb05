import type { Expression, TemplatePart } from './ast.ts';
import type { Reader } from './reader.ts';
import { buildParts, dedent, strip, type TemplateToken } from './template-tokens.ts';

type ReadExpression = (reader: Reader) => Expression;

/** A quoted template: `"a ${b} c"`, with backslash escapes. */
export function readQuoted(reader: Reader, readExpression: ReadExpression): Expression {
  reader.expect('"');
  const tokens = readTokens(reader, readExpression, {
    ends: () => reader.peek(1) === '"',
    literal: /(?:[^"\\$%\n]+|\\[^\n]|\$(?!\$?\{)|%(?!%?\{))+/y,
    unescape: (text) => unescape(text, reader),
  });
  if (reader.peek(1) !== '"') throw reader.mistake('a quoted text does not end on its line');
  reader.advance(1);
  return toTemplate(tokens, reader);
}

/** A whole text as a template, as in the JSON syntax and in template files: a backslash means itself. */
export function readTemplateText(reader: Reader, readExpression: ReadExpression): Expression {
  const tokens: TemplateToken[] = [];
  while (!reader.ended) tokens.push(...readLine(reader, readExpression));
  return toTemplate(tokens, reader);
}

/** `<<EOT` up to a line that is `EOT`; `<<-EOT` takes away the indentation that its lines share. */
export function readHeredoc(reader: Reader, readExpression: ReadExpression): Expression {
  const opening = reader.match(/<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n/uy);
  if (opening === undefined) throw reader.mistake('expected a marker after <<');
  const marker = opening.replace(/^<<-?/, '').trim();
  const end = new RegExp(`[ \\t]*${marker}[ \\t]*(?=\\r?\\n)`, 'uy');
  const tokens: TemplateToken[] = [];
  while (reader.match(end) === undefined) {
    if (reader.ended) throw reader.mistake(`the text that <<${marker} opens does not end`);
    tokens.push(...readLine(reader, readExpression));
  }
  const stripped = strip(tokens);
  return { kind: 'template', parts: buildParts(opening.startsWith('<<-') ? dedent(stripped) : stripped, reader) };
}

/** One line of a text; its end belongs to what stands before it. */
function readLine(reader: Reader, readExpression: ReadExpression): readonly TemplateToken[] {
  const tokens = readTokens(reader, readExpression, { ends: () => /^\r?\n/.test(reader.peek(2)), literal: lineLiteral, unescape: (text) => text });
  const end = reader.match(/\r?\n/y) ?? '';
  const last = tokens.at(-1);
  if (last?.kind !== 'text') return [...tokens, { kind: 'text', text: end, endsLine: true }];
  return [...tokens.slice(0, -1), { kind: 'text', text: last.text + end, endsLine: true }];
}

const lineLiteral = /(?:[^$%\r\n]+|\r(?!\n)|\$(?!\$?\{)|%(?!%?\{))+/y;

interface Literals {
  readonly ends: () => boolean;
  readonly literal: RegExp;
  readonly unescape: (text: string) => string;
}

function readTokens(reader: Reader, readExpression: ReadExpression, { ends, literal, unescape }: Literals): TemplateToken[] {
  const tokens: TemplateToken[] = [];
  while (!reader.ended && !ends()) {
    const escaped = reader.match(/\$\$\{|%%\{/y);
    const text = escaped?.slice(1) ?? reader.match(literal);
    if (text !== undefined) tokens.push({ kind: 'text', text: escaped === undefined ? unescape(text) : text, endsLine: false });
    else if (reader.peek(2) === '${') tokens.push(readValue(reader, readExpression));
    else if (reader.peek(2) === '%{') tokens.push(readDirective(reader, readExpression));
    else return tokens;
  }
  return tokens;
}

function readValue(reader: Reader, readExpression: ReadExpression): TemplateToken {
  return reader.across('blank', () => {
    const stripBefore = reader.match(/\$\{~?/y) === '${~';
    const of = readExpression(reader);
    const stripAfter = reader.take('~');
    reader.expect('}');
    return { kind: 'value', of, stripBefore, stripAfter };
  });
}

function readDirective(reader: Reader, readExpression: ReadExpression): TemplateToken {
  return reader.across('blank', () => {
    const stripBefore = reader.match(/%\{~?/y) === '%{~';
    const word = reader.word();
    const directive = readWord(word, reader, readExpression);
    const stripAfter = reader.take('~');
    reader.expect('}');
    return { ...directive, stripBefore, stripAfter };
  });
}

function readWord(word: string | undefined, reader: Reader, readExpression: ReadExpression) {
  if (word === 'if') return { kind: 'if', test: readExpression(reader) } as const;
  if (word === 'else' || word === 'endif' || word === 'endfor') return { kind: word } as const;
  if (word !== 'for') throw reader.mistake('expected if, else, endif, for or endfor');
  const first = reader.word();
  const second = reader.take(',') ? reader.word() : undefined;
  if (first === undefined || reader.word() !== 'in') throw reader.mistake('expected a name and in after for');
  return { kind: 'for', keyName: second === undefined ? null : first, valueName: second ?? first, over: readExpression(reader) } as const;
}

function toTemplate(tokens: readonly TemplateToken[], reader: Reader): Expression {
  const parts: readonly TemplatePart[] = buildParts(strip(tokens), reader);
  const [only] = parts;
  return parts.length === 1 && only?.kind === 'value' ? { kind: 'wrap', of: only.of } : { kind: 'template', parts };
}

function unescape(text: string, reader: Reader): string {
  return text.replaceAll(/\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])/g, (_, escape: string) => {
    if (escape.length > 1) return character(Number.parseInt(escape.slice(1), 16), reader);
    const known = escapes.get(escape);
    if (known === undefined) throw reader.mistake('unknown escape in a quoted text');
    return known;
  });
}

const escapes: ReadonlyMap<string, string> = new Map([['n', '\n'], ['r', '\r'], ['t', '\t'], ['"', '"'], ['\\', '\\']]);

function character(point: number, reader: Reader): string {
  if (point > 0x10ffff) throw reader.mistake('unknown escape in a quoted text');
  return String.fromCodePoint(point);
}
