import { globSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, resolve, sep } from 'node:path';
import type { Files } from '../hcl/functions/files.ts';

const maxBytes = 4 * 1024 * 1024;
const maxFiles = 10_000;

/**
 * The files that code may read while it is evaluated: those below the given folders, links followed before they are
 * judged. Paths are relative to the first folder, as in `path.module`.
 */
export function createCodeFiles(folders: readonly string[]): Files {
  const roots = folders.map((folder) => realpath(folder) ?? folder);
  const [base = '.'] = folders;
  return { read, list };

  function read(path: string): Buffer | null | undefined {
    const asked = locate(path);
    if (asked === undefined) return undefined;
    const real = realpath(asked);
    if (real === undefined) return null;
    if (!isInside(real)) return undefined;
    const found = statSync(real, { throwIfNoEntry: false });
    if (found === undefined || !found.isFile()) return null;
    return found.size > maxBytes ? undefined : readOrSkip(real);
  }

  function list(path: string): readonly string[] | undefined {
    const asked = locate(path);
    const real = asked === undefined ? undefined : realpath(asked);
    if (asked !== undefined && real === undefined) return []; // no folder, no files
    if (real === undefined || !isInside(real)) return undefined;
    const found = globSync('**', { cwd: real, withFileTypes: true }).filter((entry) => entry.isFile());
    if (found.length > maxFiles) return undefined;
    return found.map((entry) => resolve(entry.parentPath, entry.name).slice(real.length + 1).replaceAll(sep, '/'));
  }

  function locate(path: string): string | undefined {
    if (path.includes('\0')) return undefined;
    const asked = isAbsolute(path) ? path : resolve(base, path);
    return folders.some((folder) => asked === folder || asked.startsWith(folder + sep)) || isInside(asked) ? asked : undefined;
  }

  function isInside(real: string): boolean {
    return roots.some((root) => real === root || real.startsWith(root + sep));
  }
}

function realpath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function readOrSkip(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
