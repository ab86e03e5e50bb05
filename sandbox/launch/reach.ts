import { chmodSync, copyFileSync, linkSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whether any user may get there and run it. */
export function isReachable(path: string): boolean {
  if ((statSync(path).mode & 0o005) !== 0o005) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Puts an executable where any user may run it: by a second name if the file system allows it, else as a copy. */
export function bringWithinReach(path: string, to: string): void {
  try {
    if ((statSync(path).mode & 0o005) !== 0o005) throw new Error('not for everybody');
    linkSync(path, to);
  } catch {
    copyFileSync(path, to);
    chmodSync(to, 0o755);
  }
}
