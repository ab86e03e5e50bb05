import { sep } from 'node:path';

/** Whether a path is a folder or lies below it. Both are absolute and plain: no `..`, no double or closing slash. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || folder === sep || path.startsWith(`${folder}${sep}`);
}
