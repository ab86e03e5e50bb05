import { lchownSync, lstatSync, readdirSync } from 'node:fs';
import type { Identity } from '../identity/identity.ts';

/**
 * Gives what one user has below a folder to another, without following links. A file with several names is left alone:
 * one of them may lie elsewhere.
 */
export function handOver(folder: string, from: Identity, to: Identity): void {
  const own = (path: string): void => {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined || found.uid !== from.uid) return;
    if (found.isDirectory() || found.nlink === 1) lchownSync(path, to.uid, to.gid);
  };
  own(folder);
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of readdirSync(next, { withFileTypes: true })) {
      const path = `${next}/${entry.name}`;
      own(path);
      if (entry.isDirectory()) folders.push(path);
    }
  }
}
