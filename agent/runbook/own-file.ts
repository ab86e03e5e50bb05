import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Why somebody else than root and this user could change what a file says, or null. What says who may approve must be
 * the owner's alone, or whoever can write it approves.
 */
export function whyOthersMayWrite(file: string, uid: number | null): string | null {
  for (const path of [file, dirname(file)]) {
    const { mode, uid: owner } = statSync(path);
    if (uid !== null && owner !== 0 && owner !== uid) return `${path} belongs to user ${owner}`;
    const isSticky = (mode & 0o1000) !== 0; // as /tmp: others may add files, not replace this one
    if ((mode & 0o022) !== 0 && !(path !== file && isSticky)) return `${path} can be written by other users (mode ${(mode & 0o7777).toString(8)})`;
  }
  return null;
}
