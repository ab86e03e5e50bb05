import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isCode } from '../layout.ts';

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
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const code = entries.filter((entry) => isCode(entry.name) && !/(?:^|[/\\])\.terraform(?:[/\\]|$)/.test(entry.parentPath));
  if (entries.length > maxFiles || code.some((entry) => !entry.isFile())) return false;
  for (const { parentPath, name } of code) {
    const path = join(parentPath, name);
    if ((await stat(path)).size > maxFileBytes || leadsOut.test(await readFile(path, 'utf8'))) return false;
  }
  return true;
}
