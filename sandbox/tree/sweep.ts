import { readFileSync } from 'node:fs';
import type { Kernel } from '../launch/kernel.ts';
import { childrenOf, familyOf } from './family.ts';
import { isMarked } from './mark.ts';

/** The processes of one step, wherever they went. */
export interface Tree {
  /** All that live now. */
  members(): readonly number[];
  /** Kills until none is left, and answers how many there were. */
  sweep(): number;
}

/**
 * The tree of a step in this process's own children: orphans come to the agent because it is their subreaper, and the
 * mark tells whose they are. Between reading a list of one line and the signal lie microseconds, so that a process that
 * only forks and dies does not get away.
 */
export function treeOf(root: number, mark: string, kernel: Kernel): Tree {
  return { members, sweep };

  function members(): readonly number[] {
    const found = orphans();
    for (const pid of found) if (!isAlive(pid)) bury(pid); // else they would fill what processes the step may have
    return [...new Set([...familyOf(root), ...found.flatMap(familyOf)])].filter((pid) => isAlive(pid));
  }

  /** An orphan is the agent's to bury. */
  function bury(pid: number): boolean {
    return kernel.call('wait4', pid, 0, 1, 0) > 0; // WNOHANG
  }

  function orphans(): readonly number[] {
    return childrenOf(process.pid).filter((pid) => pid !== root && isMarked(pid, mark));
  }

  function sweep(): number {
    const killed = new Set<number>();
    for (let quiet = 0, rounds = 0; quiet < 3 && rounds < 20_000; rounds += 1) {
      const left = [...orphans().flatMap(familyOf), ...familyOf(root).slice(1)];
      let found = false;
      for (const pid of left) {
        if (isAlive(pid)) {
          kill(pid);
          killed.add(pid);
          found = true;
        }
        if (bury(pid)) found = true;
      }
      quiet = found ? 0 : quiet + 1;
    }
    return killed.size;
  }
}

/** Whether it runs, or could: neither gone nor a zombie. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const state = stat.charAt(stat.lastIndexOf(')') + 2);
    return state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}

/** SIGKILL; a process that is gone is what was wanted. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone already
  }
}
