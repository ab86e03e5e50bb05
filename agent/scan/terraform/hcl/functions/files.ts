import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { toText } from '../convert.ts';
import { Mistake } from '../mistake.ts';
import { unknown, type Value } from '../value.ts';
import type { FunctionTable } from './rule.ts';

/** What the functions that read files may see. */
export interface Files {
  /** The bytes of a file, null where there is none, undefined where it may not be read here (outside of the code's folder, too large). */
  readonly read: (path: string) => Buffer | null | undefined;
  /** The files below a folder, relative to it, or undefined where it may not be read here. */
  readonly list: (path: string) => readonly string[] | undefined;
}

/** The functions that look at files. */
export function fileFunctions(files: Files): FunctionTable {
  return {
    file: { takes: [1, 1], run: ([path]) => withBytes(path, text) },
    filebase64: { takes: [1, 1], run: ([path]) => withBytes(path, (bytes) => bytes.toString('base64')) },
    filemd5: hash('md5', 'hex'),
    filesha1: hash('sha1', 'hex'),
    filesha256: hash('sha256', 'hex'),
    filesha512: hash('sha512', 'hex'),
    filebase64sha256: hash('sha256', 'base64'),
    filebase64sha512: hash('sha512', 'base64'),
    fileexists: { takes: [1, 1], run: ([path]) => existence(files.read(toText(path ?? null))) },
    fileset: { takes: [2, 2], run: ([path, pattern]) => fileSet(toText(path ?? null), toText(pattern ?? null)) },
    basename: { takes: [1, 1], run: ([path]) => baseName(toText(path ?? null)) },
    dirname: { takes: [1, 1], run: ([path]) => directory(toText(path ?? null)) },
  };

  function hash(algorithm: string, encoding: 'hex' | 'base64') {
    return { takes: [1, 1], run: ([path]: readonly Value[]) => withBytes(path, (bytes) => createHash(algorithm).update(bytes).digest(encoding)) } as const;
  }

  function withBytes(path: Value | undefined, use: (bytes: Buffer) => Value): Value {
    const bytes = files.read(toText(path ?? null));
    if (bytes === null) throw new Mistake('there is no such file');
    return bytes === undefined ? unknown('the file is not read here: it is outside of the code’s folder or too large') : use(bytes);
  }

  function fileSet(path: string, pattern: string): Value {
    const found = files.list(path);
    if (found === undefined) return unknown('the folder is not read here');
    return { kind: 'set', items: found.filter((name) => posix.matchesGlob(name, pattern)).sort() };
  }
}

/** As Go has it: a path that ends in a slash is in itself. */
function directory(path: string): string {
  return posix.normalize(path.slice(0, path.lastIndexOf('/') + 1)).replace(/(?<=.)\/$/, '');
}

function baseName(path: string): string {
  return posix.basename(path) || (path.startsWith('/') ? '/' : '.');
}

function text(bytes: Buffer): string {
  const found = bytes.toString('utf8');
  if (!Buffer.from(found).equals(bytes)) throw new Mistake('the file is not a text in UTF-8');
  return found.normalize('NFC');
}

function existence(bytes: Buffer | null | undefined): Value {
  return bytes === undefined ? unknown('the file is not looked at here') : bytes !== null;
}
