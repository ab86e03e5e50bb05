import { createHash } from 'node:crypto';
import { toText } from '../convert.ts';
import { toListOf } from '../convert-to.ts';
import { Mistake, Untold } from '../mistake.ts';
import type { Value } from '../value.ts';
import { decodeJson, encodeJson } from './json.ts';
import type { FunctionTable } from './rule.ts';
import { decodeYaml } from './yaml-decode.ts';
import { encodeYaml } from './yaml-encode.ts';

export const encodingFunctions: FunctionTable = {
  base64decode: { takes: [1, 1], run: ([text]) => decodeBase64(str(text)) },
  base64encode: { takes: [1, 1], run: ([text]) => Buffer.from(str(text)).toString('base64') },
  csvdecode: { takes: [1, 1], run: ([text]) => toListOf(decodeCsv(str(text))) },
  jsondecode: { takes: [1, 1], run: ([text]) => decodeJson(str(text)) },
  jsonencode: { takes: [1, 1], run: ([value = null]) => encodeJson(value) },
  urlencode: { takes: [1, 1], run: ([text]) => encodeUrl(str(text)) },
  yamlencode: { takes: [1, 1], run: ([value = null]) => encodeYaml(value) },
  yamldecode: { takes: [1, 1], run: ([text]) => decodeYaml(str(text)) },
  uuidv5: { takes: [2, 2], run: ([namespace, name]) => nameUuid(str(namespace), str(name)) },
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
  const written = text.replaceAll(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(written)) throw new Mistake('the text is not base64');
  const bytes = Buffer.from(written, 'base64');
  if (!bytes.equals(Buffer.from(bytes.toString('utf8')))) throw new Mistake('the bytes are not a text');
  return bytes.toString('utf8');
}

const namespaces: ReadonlyMap<string, string> = new Map([['dns', '0'], ['url', '1'], ['oid', '2'], ['x500', '4']].map(([name = '', digit]) => [name, `6ba7b81${digit}-9dad-11d1-80b4-00c04fd430c8`]));

/** RFC 9562, 5.5. */
function nameUuid(namespace: string, name: string): string {
  const space = namespaces.get(namespace) ?? namespace;
  if (!/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(space)) throw new Mistake('the namespace is none');
  const bytes = createHash('sha1').update(Buffer.from(space.replaceAll('-', ''), 'hex')).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function encodeUrl(text: string): string {
  const escaped = encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return escaped.replaceAll('%20', '+');
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
  if (/\r(?!\n)/.test(text)) throw new Untold('how a carriage return alone is read is not decided here');
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
