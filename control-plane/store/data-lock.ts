import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Fault } from '#proto/domain/fault.ts';

export interface DataLock {
  /** Gives the folder up; a second call does nothing. */
  release(): void;
}

/**
 * Takes a data folder for this process alone. PGlite loses committed rows when two processes open it, so this must
 * hold: the lock is the kernel's (a file lock that SQLite takes), gone the moment its process dies by whatever means,
 * and so never stale and never confused by a process id used again, also between containers that share the folder.
 * The process id beside it is for people.
 * @throws Fault `data-locked`, naming the process that holds it.
 */
export function lockData(dataDir: string): DataLock {
  const pidFile = join(dataDir, 'server.pid');
  const held = new DatabaseSync(join(dataDir, 'lock'));
  try {
    held.exec('begin exclusive');
  } catch (error) {
    held.close();
    throw isBusy(error) ? new Fault('data-locked', { folder: dataDir, pid: readPid(pidFile) }) : error;
  }
  writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });

  return { release };

  function release(): void {
    if (!held.isOpen) return;
    rmSync(pidFile, { force: true });
    held.close();
  }
}

/** SQLITE_BUSY (https://www.sqlite.org/rescode.html#busy). */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5;
}

function readPid(pidFile: string): number | null {
  try {
    return Number.parseInt(readFileSync(pidFile, 'utf8'), 10) || null;
  } catch {
    return null; // its owner is between taking the lock and writing the file
  }
}
