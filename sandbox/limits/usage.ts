import { type Dirent, lstatSync, readdirSync, readFileSync } from 'node:fs';

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

/** A file that holds nothing still costs something; a flood of empty ones is a flood. */
const leastPerFile = 4096;

/**
 * Bytes on disk below these folders, in steps: it pauses after each handful of files, so that a large tree does not hold
 * up everything else, and ends early above `enough`.
 */
export function* diskUsage(roots: readonly string[], enough: number): Generator<void, number> {
  const folders = [...roots];
  const seen = new Set<string>();
  let bytes = 0;
  let count = 0;
  for (let folder = folders.pop(); folder !== undefined && bytes <= enough; folder = folders.pop()) {
    for (const entry of entriesOf(folder)) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      bytes += sizeOf(path, seen);
      count += 1;
      if (count % 256 === 0) yield;
      if (bytes > enough) break;
    }
  }
  return bytes;
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function sizeOf(path: string, seen: Set<string>): number {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (found.nlink > 1 && !found.isDirectory()) {
    const id = `${found.dev}:${found.ino}`;
    if (seen.has(id)) return 0;
    seen.add(id);
  }
  return Math.max(leastPerFile, found.blocks * 512);
}

