import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';

export interface Folder {
  readonly path: string;
  readonly files: readonly string[];
}

/** A tree wider than this is not somebody's infrastructure code. */
const maxFolders = 50_000;

/**
 * Every folder below a root, in order of name. Hidden ones and `node_modules` are left alone; links are followed, but no
 * folder is entered twice. What may not be read is passed over.
 * @throws Fault `scan-too-wide`
 */
export async function* walk(root: string, signal: AbortSignal): AsyncIterable<Folder> {
  const entered = new Set<string>();
  const waiting = [root];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    signal.throwIfAborted();
    const real = await realpath(path).catch(() => undefined);
    if (real === undefined || entered.has(real)) continue;
    if (entered.size >= maxFolders) throw new Fault('scan-too-wide', { source: root, limit: maxFolders });
    entered.add(real);

    const entries = (await readdir(path, { withFileTypes: true }).catch(() => [])).sort((a, b) => (a.name < b.name ? -1 : 1));
    const files: string[] = [];
    const folders: string[] = [];
    for (const entry of entries) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const kind = await kindOf(path, entry);
      if (kind === 'file') files.push(entry.name);
      else if (kind === 'folder') folders.push(join(path, entry.name));
    }
    yield { path, files };
    waiting.push(...folders.toReversed());
  }
}

async function kindOf(path: string, entry: Dirent): Promise<'file' | 'folder' | undefined> {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (!entry.isSymbolicLink()) return undefined;
  const found = await stat(join(path, entry.name)).catch(() => undefined);
  if (found?.isFile()) return 'file';
  return found?.isDirectory() ? 'folder' : undefined;
}
