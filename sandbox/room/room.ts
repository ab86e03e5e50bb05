import { chownSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import type { Room } from '../drivers/driver.ts';
import type { Identity } from '../identity/identity.ts';
import type { SandboxSpec } from '../spec.ts';
import { handOver } from './own.ts';
import { removeTree } from './remove.ts';

/** The room of a step that brings nothing along and has namespaces: all of it exists inside only. */
export function innerRoom(diskBytes: number): Room {
  return { readable: [], writable: [], diskBytes, workdir: '/work', hostWorkdir: null, home: '/tmp/home', temporary: '/tmp' };
}

/** A room made ready for one step, and what has to be put back afterwards. */
export interface PreparedRoom extends Room {
  /** Folders of this host that the step can fill. */
  readonly fillable: readonly string[];
  /** After the last process of the step. */
  leave(): void;
}

export interface RoomOptions {
  readonly namespaces: boolean;
  readonly identity: Identity | null;
}

/** Makes the folders that the step needs, and gives it those that are to be its own. */
export function prepareRoom({ workdir, readable, writable, limits }: SandboxSpec, { namespaces, identity }: RoomOptions): PreparedRoom {
  const given = workdir === null ? null : folderAt(workdir);
  const shared = { readable: readable.map(existing), writable: writable.map(existing), diskBytes: limits.diskBytes };
  if (identity !== null) for (const path of [given, ...shared.readable, ...shared.writable]) if (path !== null && path !== undefined) reachable(path);
  const before = given === null ? null : ownerOf(given);
  if (given !== null && before !== null && identity !== null) handOver(given, before, identity);
  const giveBack = (): void => {
    if (given !== null && before !== null && identity !== null) handOver(given, identity, before);
  };
  if (namespaces) {
    return { ...innerRoom(limits.diskBytes), ...shared, ...(given === null ? {} : { workdir: given, hostWorkdir: given }), fillable: [...shared.writable, ...(given === null ? [] : [given])], leave: giveBack };
  }
  const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'dd0c-step-'));
  for (const name of ['home', 'tmp', 'work']) mkdirSync(join(scratch, name), { mode: 0o700 });
  if (identity !== null) for (const path of [scratch, ...['home', 'tmp', 'work'].map((name) => join(scratch, name))]) chownSync(path, identity.uid, identity.gid);
  const own = given ?? join(scratch, 'work');
  return {
    ...shared,
    workdir: own,
    hostWorkdir: own,
    home: join(scratch, 'home'),
    temporary: join(scratch, 'tmp'),
    fillable: [...shared.writable, scratch, ...(given === null ? [] : [given])],
    leave: () => {
      removeTree(scratch);
      giveBack();
    },
  };
}

/** Folders of the system never become a step's own. */
const kept = ['/', '/bin', '/boot', '/dev', '/etc', '/home', '/lib', '/lib32', '/lib64', '/opt', '/proc', '/root', '/run', '/sbin', '/srv', '/sys', '/tmp', '/usr', '/var', '/var/tmp'];

function folderAt(path: string): string {
  const real = existing(path);
  if (kept.includes(real) || ['/usr/', '/etc/', '/proc/', '/sys/', '/dev/', '/boot/'].some((folder) => real.startsWith(folder))) {
    throw new Fault('sandbox-folder', { path, reason: 'it belongs to the system' });
  }
  if (!statSync(real).isDirectory()) throw new Fault('sandbox-folder', { path, reason: 'it is not a folder' });
  return real;
}

function existing(path: string): string {
  if (!isAbsolute(path)) throw new Fault('sandbox-folder', { path, reason: 'it is not absolute' });
  try {
    return realpathSync(path);
  } catch (cause) {
    throw new Fault('sandbox-folder', { path, reason: 'it is not there, or may not be looked at' }, { cause });
  }
}

function ownerOf(path: string): Identity {
  const { uid, gid } = lstatSync(path);
  return { uid, gid };
}

/** Another user has to get there: every folder on the way must let anybody through. */
function reachable(path: string): void {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) throw new Fault('sandbox-folder', { path, reason: `the step's own user cannot get through ${folder}` });
    if (folder === dirname(folder)) return;
  }
}
