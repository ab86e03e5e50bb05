import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = process.env['DD0C_CORPUS'] ?? resolve(import.meta.dirname, '../../../shared/corpus');

/** A folder of the corpus of real inputs, read where it lies; `reason` is what a suite's title says where it is not there. */
export function corpus(folder: string): { readonly path: string; readonly isThere: boolean; readonly reason: string } {
  const path = join(root, folder);
  const isThere = existsSync(path);
  return { path, isThere, reason: isThere ? '' : ` [not run: the corpus folder ${folder}]` };
}

/** The rows of a table with a header, as objects. */
export function tableRows(path: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const names = header.split('\t');
  return rows.map((row) => Object.fromEntries(row.split('\t').map((cell, index) => [names[index] ?? '', cell])));
}
