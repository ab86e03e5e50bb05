import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { z } from 'zod';

const Kept = z.object({ pids: z.array(z.number().int().positive()), folders: z.array(z.string()) });
const file = 'kept.json';
const endWithinMs = 15_000;

/** What a run leaves behind: programs, and folders that are its own. */
export interface LeftBehind {
  readonly pids: readonly number[];
  readonly folders: readonly string[];
}

/** Notes in a run's folder what was left. */
export async function noteKept(folder: string, left: LeftBehind): Promise<void> {
  await writeFile(join(folder, file), JSON.stringify(left));
}

/** Ends every demo that was left running and removes its folder; answers how many there were. */
export async function stopKept(runs: string): Promise<number> {
  const names = await readdir(runs).catch(() => []);
  let stopped = 0;
  for (const name of names) {
    const folder = join(runs, name);
    const kept = await readKept(folder);
    if (kept === null) continue;
    for (const pid of kept.pids.toReversed()) await end(pid, folder);
    for (const own of kept.folders) await rm(own, { recursive: true, force: true });
    stopped += 1;
  }
  return stopped;
}

async function readKept(folder: string): Promise<z.infer<typeof Kept> | null> {
  const text = await readFile(join(folder, file), 'utf8').catch(() => null);
  return text === null ? null : Kept.parse(JSON.parse(text));
}

async function end(pid: number, folder: string): Promise<void> {
  const deadline = performance.now() + endWithinMs;
  if (await isOurs(pid, folder)) process.kill(pid, 'SIGTERM');
  while ((await isOurs(pid, folder)) && performance.now() < deadline) await sleep(100);
  if (await isOurs(pid, folder)) process.kill(pid, 'SIGKILL');
}

/** A number may have gone to another program since: ours names the folder in its command line. */
async function isOurs(pid: number, folder: string): Promise<boolean> {
  const { stdout } = await execa('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { reject: false });
  return stdout.includes(folder);
}
