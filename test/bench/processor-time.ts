import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PostgresServer } from '#test/harness/postgres-server.ts';

/** User and system time of a process so far, in ticks of a hundredth of a second. */
export function processorMs(pid: number): number {
  return msOf(statOf(pid));
}

/** The same of all processes that a server of our own has running. */
export function postgresMs(server: Pick<PostgresServer, 'admin'>): number {
  const postmaster = readFileSync(join(decodeURIComponent(server.admin.host), 'data', 'postmaster.pid'), 'utf8').split('\n')[0];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter(([, parent]) => parent === postmaster)
    .reduce((sum, fields) => sum + msOf(fields), 0);
}

function msOf(fields: readonly string[]): number {
  return 10 * (Number(fields[11] ?? 0) + Number(fields[12] ?? 0));
}

function statOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  } catch {
    return []; // it has ended meanwhile
  }
}
