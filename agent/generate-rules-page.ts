import { readFileSync, writeFileSync } from 'node:fs';
import { rulesPage } from './rules-page.ts';

/** `node agent/generate-rules-page.ts` writes docs/rules.md; with --check it only says whether the page is current. */
const file = new URL('../docs/rules.md', import.meta.url);
const page = rulesPage();

if (!process.argv.includes('--check')) {
  writeFileSync(file, page);
} else if (readOrEmpty() !== page) {
  process.stderr.write('docs/rules.md is not current: run `npm run generate`.\n');
  process.exitCode = 1;
}

function readOrEmpty(): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
