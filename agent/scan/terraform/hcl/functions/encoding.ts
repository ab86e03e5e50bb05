import { createHash } from 'node:crypto';
import { Document, parseDocument, visit } from 'yaml';
import type { Json } from '#proto/domain/json.ts';
import { toText } from '../convert.ts';
import { toListOf } from '../convert-to.ts';
import { Mistake } from '../mistake.ts';
import { unknown, type Value } from '../value.ts';
import { decodeJson, encodeJson, fromJson } from './json.ts';
import type { FunctionTable } from './rule.ts';

export const encodingFunctions: FunctionTable = {
  base64decode: { takes: [1, 1], run: ([text]) => decodeBase64(str(text)) },
  base64encode: { takes: [1, 1], run: ([text]) => Buffer.from(str(text)).toString('base64') },
  csvdecode: { takes: [1, 1], run: ([text]) => toListOf(decodeCsv(str(text))) },
  jsondecode: { takes: [1, 1], run: ([text]) => decodeJson(str(text)) },
  jsonencode: { takes: [1, 1], run: ([value = null]) => encodeJson(value) },
  urlencode: { takes: [1, 1], run: ([text]) => encodeUrl(str(text)) },
  yamlencode: { takes: [1, 1], run: ([value = null]) => encodeYaml(value) },
  yamldecode: { takes: [1, 1], run: ([text]) => decodeYaml(str(text)) },
  md5: hash('md5', 'hex'),
  sha1: hash('sha1', 'hex'),
  sha256: hash('sha256', 'hex'),
  sha512: hash('sha512', 'hex'),
  base64sha256: hash('sha256', 'base64'),
  base64sha512: hash('sha512', 'base64'),
};

function str(value: Value | undefined): string {
  return toText(value ?? null);
}

function hash(algorithm: string, encoding: 'hex' | 'base64') {
  return { takes: [1, 1], run: ([text]: readonly Value[]) => createHash(algorithm).update(str(text)).digest(encoding) } as const;
}

function decodeBase64(text: string): string {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64').replace(/=+$/, '') !== text.replaceAll(/[\r\n]/g, '').replace(/=+$/, '')) throw new Mistake('the text is not base64');
  if (!bytes.equals(Buffer.from(bytes.toString('utf8')))) throw new Mistake('the bytes are not a text');
  return bytes.toString('utf8');
}

function encodeUrl(text: string): string {
  const escaped = encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return escaped.replaceAll('%20', '+');
}

function decodeYaml(text: string): Value {
  const document = composed(text);
  const plain = plainScalars(document);
  const odd = plain.find((source) => isReadOtherwise(source));
  if (odd !== undefined) return unknown('a value of this YAML is one number or date to some readers and another to others');
  try {
    return fromJson(document.toJS({ maxAliasCount: 100 }) as Json); // a document of plain values, as dates are left out above
  } catch {
    throw new Mistake('the text is not YAML');
  }
}

/** With `yes` and `on` as terraform reads them. */
function composed(text: string): Document {
  try {
    const document = parseDocument(text, { version: '1.1' });
    if (document.errors.length === 0) return document;
  } catch {
    // said below
  }
  throw new Mistake('the text is not YAML');
}

function plainScalars(document: Document): readonly string[] {
  const found: string[] = [];
  visit(document, { Scalar: (_, { type, source }) => void (type === 'PLAIN' && source !== undefined && found.push(source)) });
  return found;
}

/** `012`, `0o17`, `1_000`, `12:30`, `2020-01-01`: the versions of YAML, and their parsers, do not agree on these. */
function isReadOtherwise(source: string): boolean {
  return /^[-+]?(?:0[\d_]+|0o[0-7]+|\d[\d_]*_[\d_.]*|\d+(?::[0-5]?\d)+(?:\.\d*)?|0b[01_]+|[-+]?\.(?:inf|nan)|\d+\.)$|^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt ])/.test(source.toLowerCase());
}

/** YAML as terraform's `yamlencode` writes it: keys sorted, keys and texts in quotes, texts of several lines as blocks. */
function encodeYaml(value: Value): Value {
  const json = encodeJson(value);
  if (/ (?:\\r)?\\n/.test(json)) return unknown('how a space before the end of a line is written in YAML is not decided here');
  const plain: Json = JSON.parse(json);
  const document = new Document(plain, { sortMapEntries: true });
  visit(document, { Scalar: (key, node) => void (key !== 'key' && typeof node.value === 'string' && isBlock(node.value) && (node.type = 'BLOCK_LITERAL')) });
  return document.toString({ defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE', lineWidth: 0, indentSeq: false, blockQuote: 'literal' });
}

/** Texts of several lines stand as blocks, but for those whose white space a block would not keep. */
function isBlock(text: string): boolean {
  return text.includes('\n') && !/[\t\r]| $/.test(text);
}

/** RFC 4180, the first row naming the columns. */
function decodeCsv(text: string): readonly Value[] {
  const [header, ...rows] = csvRows(text);
  if (header === undefined) throw new Mistake('the first row must name the columns');
  if (new Set(header).size < header.length) throw new Mistake('two columns have one name');
  return rows.map((row) => {
    if (row.length !== header.length) throw new Mistake('the rows differ in length');
    return new Map(header.map((name, index) => [name, row[index] ?? '']));
  });
}

function csvRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (found === null) throw new Mistake('the text is not CSV');
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === ',') {
      if (cell.lastIndex >= text.length) row.push('');
      else continue;
    }
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}
