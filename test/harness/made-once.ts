import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Fills `target` with what `make` writes into a folder, made once in a run and copied from then on. Two workers that
 * both find it missing both make it, and one wins.
 */
export async function madeOnce(name: string, target: string, make: (folder: string) => Promise<void> | void): Promise<void> {
  const shared = process.env['DD0C_TEST_RUN_FOLDER'];
  if (shared === undefined) return make(target); // outside of a test run
  const made = join(shared, name);
  if (!existsSync(made)) await makeAt(made, make);
  cpSync(made, target, { recursive: true });
}

async function makeAt(made: string, make: (folder: string) => Promise<void> | void): Promise<void> {
  const draft = mkdtempSync(`${made}-`);
  const content = join(draft, 'content');
  await make(content);
  try {
    renameSync(content, made);
  } catch (error) {
    if (!existsSync(made)) throw error; // another worker was quicker
  }
  rmSync(draft, { recursive: true, force: true });
}
