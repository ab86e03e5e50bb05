import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { openKernel } from '#sandbox/launch/kernel.ts';

const kernel = openKernel();

/** Content, mode, owner, times and attributes of everything below these folders, one line each. */
export function snapshot(roots: readonly string[]): readonly string[] {
  return roots.flatMap((root) => [root, ...readdirSync(root, { recursive: true, encoding: 'utf8' }).sort().map((name) => `${root}/${name}`)]).map(line);
}

function line(path: string): string {
  const found = lstatSync(path);
  const content = found.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16) : found.isSymbolicLink() ? readlinkSync(path) : '';
  const times = found.isDirectory() ? '' : found.mtimeMs;
  const attributes = Buffer.alloc(4096);
  const length = kernel.call('llistxattr', Buffer.from(`${path}\0`), attributes, attributes.length);
  return [path, found.mode.toString(8), found.uid, found.gid, times, content, length > 0 ? attributes.toString('latin1', 0, length) : ''].join(' ');
}

/** What differs between two, for people. */
export function differences(before: readonly string[], after: readonly string[]): readonly string[] {
  return [...before.filter((text) => !after.includes(text)).map((text) => `- ${text}`), ...after.filter((text) => !before.includes(text)).map((text) => `+ ${text}`)];
}
