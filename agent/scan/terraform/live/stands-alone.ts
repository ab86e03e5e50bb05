import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isCode } from '../layout.ts';
import { leftOut } from './private-copy.ts';

/** Folders with more are read properly first. */
const maxFiles = 2_000;
const maxFileBytes = 1024 * 1024;

/** Whatever could lead out of the folder: a path upwards or from the root, or a state that a backend keeps in a file. */
const leadsOut = /\.\.[/"]|"local"|\bsource"?\s*[=:]\s*"\//;

/**
 * Whether a folder of code, with the modules in it, surely uses no file outside of it, so that it can be planned before
 * its code is understood. A glance: where it is not sure, the answer is no.
 */
export async function standsAlone(folder: string, env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  if (env['TF_DATA_DIR'] !== undefined) return false;
  const isInitialised = await stat(join(folder, '.terraform', 'terraform.tfstate')).then(() => true, () => false);
  if (isInitialised) return false; // a backend was chosen by options that no code shows
  return (await seenInside(folder, 0)) !== null;
}

/** How many files were seen by the end of this folder, or null where something may lead out. */
async function seenInside(folder: string, before: number): Promise<number | null> {
  let seen = before;
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name);
    if (leftOut.has(entry.name)) continue;
    if (entry.isSymbolicLink()) return null;
    seen += 1;
    if (entry.isDirectory()) {
      const inner = await seenInside(path, seen);
      if (inner === null) return null;
      seen = inner;
    } else if (isCode(entry.name) && ((await stat(path)).size > maxFileBytes || leadsOut.test(await readFile(path, 'utf8')))) return null;
    if (seen > maxFiles) return null;
  }
  return seen;
}
