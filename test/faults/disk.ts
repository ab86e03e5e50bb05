import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small file system of its own. */
export interface Disk {
  readonly folder: string;
  /** Leaves no room; answers how to give it back. */
  fill(): () => void;
  remove(): void;
}

/** Whether this user may make file systems; tried, because a container's root often may not. */
export function canMakeDisks(): boolean {
  if (process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'dd0c-disk-'));
  try {
    makeDisk(folder, 1).remove();
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A tmpfs of so many mebibytes at this folder. */
export function makeDisk(folder: string, mebibytes: number): Disk {
  mkdirSync(folder, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=755`, 'tmpfs', folder], { encoding: 'utf8' });
  if (mounted.status !== 0) throw new Error(`no file system could be made: ${mounted.stderr}`);
  return {
    folder,
    fill() {
      const filler = join(folder, '.filler');
      fillUp(filler);
      return () => rmSync(filler, { force: true });
    },
    remove() {
      spawnSync('umount', ['--lazy', folder]);
      rmdirSync(folder);
    },
  };
}

function fillUp(filler: string): void {
  const file = openSync(filler, 'a');
  try {
    for (const block of [Buffer.alloc(1024 * 1024), Buffer.alloc(4096)]) writeWhileRoom(file, block);
  } finally {
    closeSync(file);
  }
}

function writeWhileRoom(file: number, block: Buffer): void {
  for (;;) {
    try {
      if (writeSync(file, block) < block.length) return;
    } catch {
      return; // ENOSPC
    }
  }
}
