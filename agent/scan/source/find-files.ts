import { stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import { walk, type Folder } from './walk.ts';

export interface Found {
  /** What labels are relative to: the folder that was asked for, or the one around the file. */
  readonly root: string;
  /** The folders at and below the path; for a file its folder with that file alone. */
  readonly folders: AsyncIterable<Folder> | readonly Folder[];
  /** True where a file was named by itself. */
  readonly isFile: boolean;
}

/**
 * What lies at a path, folder by folder.
 * @throws Fault `source-missing`
 */
export async function findFiles(path: string, signal: AbortSignal): Promise<Found> {
  const root = resolve(path);
  const found = await stat(root).catch(() => null);
  if (found === null) throw new Fault('source-missing', { source: path });
  if (found.isDirectory()) return { root, folders: walk(root, signal), isFile: false };
  return { root: dirname(root), folders: [{ path: dirname(root), files: [basename(root)] }], isFile: true };
}

/** How a path below a root is called for people. */
export function labelOf(root: string, path: string): string {
  return relative(root, path) || basename(path);
}

/** The full paths of a folder's files. */
export function pathsOf(folder: Folder): readonly string[] {
  return folder.files.map((file) => join(folder.path, file));
}
