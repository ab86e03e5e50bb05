import { readFileSync } from 'node:fs';

/**
 * A step's mark is its hard limit on realtime computing, which means nothing to a process without a realtime class. The
 * kernel hands it to every descendant, the filter refuses to change it, and anybody may read it: whoever carries it
 * belongs to the step, whatever it did to its parents, session, name or environment.
 */
export const markResource = 15; // RLIMIT_RTTIME

/** Marks that are told apart by the number drawn, far above any limit that somebody would set. */
export function markFrom(drawn: number): string {
  return String(0xdd0c * 2 ** 32 + (drawn >>> 0));
}

/** Whether the process carries the mark. */
export function isMarked(pid: number, mark: string): boolean {
  try {
    const limits = readFileSync(`/proc/${pid}/limits`, 'latin1');
    const line = limits.slice(limits.indexOf('Max realtime timeout'));
    return line.slice(0, line.indexOf('\n') >>> 0).includes(` ${mark} `);
  } catch {
    return false; // it has just ended
  }
}
