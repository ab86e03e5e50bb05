import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('.', import.meta.url);

/** The text of `index.ts`. */
export function migrationsModule(): string {
  return [
    "import type { Migration } from '../migrate.ts';",
    '',
    '/** The .sql files of this folder, in their order; written by `npm run generate`. */',
    'export const migrations: readonly Migration[] = [',
    ...readdirSync(folder).filter((file) => file.endsWith('.sql')).sort().map(entry),
    '];',
    '',
  ].join('\n');
}

function entry(file: string): string {
  const [, number, name] = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? [];
  if (number === undefined || name === undefined) throw new Error(`${file} is not named like 0001-tenancy.sql`);
  const sql = readFileSync(new URL(file, folder), 'utf8').replaceAll('\r\n', '\n'); // whatever git checked out, one hash
  return `  { number: ${Number(number)}, name: '${name}', sql: ${JSON.stringify(sql)} },`;
}
