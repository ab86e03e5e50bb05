import { readFileSync } from 'node:fs';

/** What processes use at this moment; those that end meanwhile count for nothing. */
export interface Usage {
  readonly memoryBytes: number;
  /** Processes and threads, as the kernel counts them. */
  readonly pids: number;
}

/** Memory that is a process's own or shared between some; pages of files are the system's and come back when asked for. */
export function usageOf(pids: readonly number[]): Usage {
  let memoryBytes = 0;
  let threads = 0;
  for (const pid of pids) {
    const status = statusOf(pid);
    memoryBytes += (field(status, 'RssAnon:') + field(status, 'RssShmem:') + field(status, 'VmSwap:')) * 1024;
    threads += field(status, 'Threads:');
  }
  return { memoryBytes, pids: threads };
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'latin1');
  } catch {
    return '';
  }
}

function field(status: string, name: string): number {
  const at = status.indexOf(name);
  return at < 0 ? 0 : Number.parseInt(status.slice(at + name.length), 10);
}

