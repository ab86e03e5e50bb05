import { createHash } from 'node:crypto';
import { parse as parseYaml, stringify as stringifyYaml } from 'yaml';
import type { Json } from '#proto/domain/json.ts';
import { toText } from '../convert.ts';
import { Mistake } from '../mistake.ts';
import type { Value } from '../value.ts';
import { decodeJson, encodeJson, fromJson } from './json.ts';
import type { FunctionTable } from './rule.ts';

export const encodingFunctions: FunctionTable = {
  base64decode: { takes: [1, 1], run: ([text]) => decodeBase64(str(text)) },
  base64encode: { takes: [1, 1], run: ([text]) => Buffer.from(str(text)).toString('base64') },
  csvdecode: { takes: [1, 1], run: ([text]) => decodeCsv(str(text)) },
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
  try {
    const parsed: Json = parseYaml(text, { maxAliasCount: 100, version: '1.1' }); // as terraform reads `yes` and `on`
    return fromJson(parsed);
  } catch {
    throw new Mistake('the text is not YAML');
  }
}

/** YAML as terraform's `yamlencode` writes it: keys sorted, keys and texts in quotes, texts of several lines as blocks. */
function encodeYaml(value: Value): string {
  const plain: Json = JSON.parse(encodeJson(value));
  return stringifyYaml(plain, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE', lineWidth: 0, sortMapEntries: true, indentSeq: false, blockQuote: 'literal' });
}

/** RFC 4180, the first row naming the columns. */
function decodeCsv(text: string): Value {
  const [header, ...rows] = csvRows(text);
  if (header === undefined) throw new Mistake('the first row must name the columns');
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
