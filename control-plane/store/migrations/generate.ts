/**
 * Writes `index.ts` from the .sql files beside it: an executable has no folder to read. `--check` changes nothing and
 * fails where the file is not what would be written.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { migrationsModule } from './module-text.ts';

const target = new URL('index.ts', import.meta.url);

if (!process.argv.includes('--check')) {
  writeFileSync(target, migrationsModule());
} else if (readFileSync(target, 'utf8') !== migrationsModule()) {
  process.stderr.write('control-plane/store/migrations/index.ts is not what its .sql files say; run `npm run generate`\n');
  process.exitCode = 1;
}
