import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** A process as the bed sees it. */
export interface Seen {
  readonly pid: number;
  readonly name: string;
  readonly state: string;
}

/** All of the bed; a process that ends while it is looked at is left out. */
export function processes(): readonly Seen[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const command = readFileSync(`/proc/${name}/cmdline`, 'latin1').replaceAll('\0', ' ');
      return [{ pid: Number(name), name: `${command} ${stat.slice(0, stat.lastIndexOf(')'))}`, state: stat.charAt(stat.lastIndexOf(')') + 2) }];
    } catch {
      return [];
    }
  });
}

/** Looks often, for one of the scripts changes its process every two milliseconds. */
export async function lookOften(fits: (seen: Seen) => boolean, times = 60): Promise<readonly Seen[]> {
  for (let look = 0; look < times; look += 1) {
    const found = processes().filter(fits);
    if (found.length > 0) return found;
    await pause(3);
  }
  return [];
}

/** What other processes could do to the stand-in: state, tracer, nice value, limits, and how soon it is killed. */
export function conditionOf(pid: number): { readonly alive: boolean; readonly settings: string } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const tracer = /^TracerPid:\t(\d+)/m.exec(status)?.[1];
    const affinity = /^Cpus_allowed:.*$/m.exec(status)?.[0] ?? '';
    const settings = [fields[15], fields[16], fields[38], affinity, readFileSync(`/proc/${pid}/limits`, 'latin1'), readFileSync(`/proc/${pid}/oom_score_adj`, 'latin1')].join('\n');
    return { alive: !['Z', 'X', 'T', 't'].includes(fields[0] ?? 'X') && tracer === '0', settings };
  } catch {
    return { alive: false, settings: '' };
  }
}
