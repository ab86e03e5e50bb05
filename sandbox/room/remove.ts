import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, constants, openSync, readdirSync, renameSync, rmdirSync, unlinkSync } from 'node:fs';

/**
 * Removes a folder that a step has filled, whatever it left there: folders deeper than a path can name, without rights,
 * links that lead away. Nothing is followed. Folders are brought up to the top before they are emptied, so no path grows.
 */
export function removeTree(folder: string): void {
  const prefix = `.${randomBytes(8).toString('hex')}`; // no name that the step could have taken
  let drawn = 0;
  const waiting: string[] = [];
  empty(folder);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    empty(next);
    rmdirSync(next);
  }
  rmdirSync(folder);

  function empty(path: string): void {
    chmodSync(path, 0o700); // its owner may have taken its own rights away
    const fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    try {
      const at = `/proc/self/fd/${fd}`;
      for (const entry of readdirSync(at, { withFileTypes: true })) {
        if (entry.isDirectory()) raise(`${at}/${entry.name}`);
        else unlinkSync(`${at}/${entry.name}`);
      }
    } finally {
      closeSync(fd);
    }
  }

  function raise(path: string): void {
    chmodSync(path, 0o700); // without the right to write it could not be moved
    drawn += 1;
    const to = `${folder}/${prefix}-${drawn}`;
    renameSync(path, to);
    waiting.push(to);
  }
}
