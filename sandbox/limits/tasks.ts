import { readdirSync, readFileSync } from 'node:fs';

/** The agent may start a launcher for the next step while this one runs; its threads are not this step's. */
const waitingLauncher = 16;

export interface TasksOptions {
  readonly namespaces: boolean;
  readonly pids: number;
  readonly uid: number;
}

/**
 * RLIMIT_NPROC counts every task of a user: in a user namespace those inside (from Linux 5.14 on), else also what the same
 * user runs elsewhere, so that these are added.
 */
export function tasksOf({ namespaces, pids, uid }: TasksOptions): number {
  return pids + (namespaces ? 1 : runningAs(uid) + waitingLauncher); // the namespace's first process is the sandbox's
}

function runningAs(uid: number): number {
  let tasks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = statusOf(name);
    if (new RegExp(`^Uid:\\t${uid}\\t`, 'm').test(status)) tasks += Number(/^Threads:\t(\d+)/m.exec(status)?.[1] ?? 0);
  }
  return tasks;
}

function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'latin1');
  } catch {
    return '';
  }
}
