import { readlinkSync } from 'node:fs';
import type { Kernel } from '../launch/kernel.ts';
import { type Asked, type Case, int, peek, peekPath } from './notification.ts';

const [notPermitted, noSuch, badAddress, invalid] = [-1, -2, -14, -22];
const here = -100; // AT_FDCWD
const [noFollow, emptyPath] = [0x100, 0x1000];
const [pathOnly, closeOnExec, doNotFollow] = [0o10000000, 0o2000000, 0o400000];
const noMagicLinks = 2; // RESOLVE_NO_MAGICLINKS

/** What is changed: a file by path or by descriptor. */
interface Target {
  /** Null for the descriptor itself. */
  readonly path: bigint | null;
  readonly folder: number;
  readonly follow: boolean;
}

/**
 * Mode and times of a file, which Landlock does not rule. The file is opened by what the step named, and changed through
 * that descriptor if it lies in a folder of the step: wherever the name leads a moment later.
 */
export function answerModes(kernel: Kernel, { identity, folders }: Case, asked: Asked): number {
  const target = targetOf(asked);
  if (target === null) return notPermitted;
  const change = changeOf(kernel, asked);
  if (change === null) return badAddress;
  if (identity === null) return withTarget(kernel, asked, target, folders, change);
  kernel.call('setfsgid', identity.gid); // of this thread alone; with the user go the rights of root over files
  kernel.call('setfsuid', identity.uid);
  try {
    return withTarget(kernel, asked, target, folders, change);
  } finally {
    kernel.call('setfsuid', 0);
    kernel.call('setfsgid', 0);
  }
}

function targetOf({ name, args: [a = 0n, b = 0n, , d = 0n] }: Asked): Target | null {
  switch (name) {
    case 'chmod':
      return { path: a, folder: here, follow: true };
    case 'fchmod':
      return { path: null, folder: int(a), follow: true };
    case 'fchmodat':
      return { path: b, folder: int(a), follow: true };
    case 'utimensat':
      return { path: b === 0n || (int(d) & emptyPath) !== 0 ? null : b, folder: int(a), follow: (int(d) & noFollow) === 0 };
    default:
      return null;
  }
}

type Change = (path: Buffer) => number;

function changeOf(kernel: Kernel, { name, pid, args: [, b = 0n, c = 0n] }: Asked): Change | null {
  if (name === 'utimensat') {
    const times = c === 0n ? 0 : peek(kernel, pid, c, 32);
    return times === null ? null : (path) => kernel.call('utimensat', here, path, times, 0);
  }
  const mode = Number((name === 'fchmodat' ? c : b) & 0o1777n);
  return (path) => kernel.call('fchmodat', here, path, mode);
}

function withTarget(kernel: Kernel, asked: Asked, target: Target, folders: readonly string[], change: Change): number {
  const fd = openTarget(kernel, asked, target);
  if (fd < 0) return fd;
  try {
    const link = `/proc/self/fd/${fd}`;
    if (!folders.some((folder) => isBelow(pathOf(link), folder))) return notPermitted;
    return asked.stillWaits() ? change(Buffer.from(`${link}\0`)) : noSuch;
  } finally {
    kernel.call('close', fd);
  }
}

function openTarget(kernel: Kernel, { pid }: Asked, { path, folder, follow }: Target): number {
  if (path === null) return folder < 0 ? notPermitted : openPath(kernel, `/proc/${pid}/fd/${folder}`);
  const name = peekPath(kernel, pid, path);
  if (name === null) return badAddress;
  if (name.length === 1) return noSuch;
  const base = name[0] === 0x2f ? '/' : folder === here ? `/proc/${pid}/cwd` : `/proc/${pid}/fd/${folder}`;
  const from = openPath(kernel, base);
  if (from < 0) return from;
  const how = Buffer.alloc(24);
  how.writeBigUInt64LE(BigInt(pathOnly | closeOnExec | (follow ? 0 : doNotFollow)), 0);
  how.writeBigUInt64LE(BigInt(noMagicLinks), 16);
  const fd = kernel.call('openat2', from, name, how, 24);
  kernel.call('close', from);
  return fd === invalid ? notPermitted : fd;
}

function openPath(kernel: Kernel, path: string): number {
  return kernel.call('openat', here, Buffer.from(`${path}\0`), pathOnly | closeOnExec, 0);
}

function pathOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
