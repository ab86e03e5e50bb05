import { type Dirent, lchownSync, lstatSync, readdirSync } from 'node:fs';
import type { Identity } from '../identity/identity.ts';

/**
 * Gives what one user has below a folder to another, without following links. A file with several names is left alone:
 * one of them may lie elsewhere.
 */
export function handOver(folder: string, from: Identity, to: Identity): void {
  const own = (path: string): void => {
    try {
      const found = lstatSync(path);
      if (found.uid === from.uid && (found.isDirectory() || found.nlink === 1)) lchownSync(path, to.uid, to.gid);
    } catch {
      // gone, or deeper than a path can name: it stays whose it is
    }
  };
  own(folder);
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of entriesOf(next)) {
      const path = `${next}/${entry.name}`;
      own(path);
      if (entry.isDirectory()) folders.push(path);
    }
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
