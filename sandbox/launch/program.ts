import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getAsset, isSea } from 'node:sea';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { oneFile } from './one-file.ts';
import { brokerPart, launchArgument, launchPart } from './plan.ts';
import { bringWithinReach, isReachable } from './reach.ts';

/** How a launcher is started, and the thread of the broker: out of the agent's own executable, or of copies of their few files. */
export interface LaunchProgram {
  readonly command: string;
  readonly args: readonly string[];
  /** A folder that the launcher has to see beside the command, or null. */
  readonly folder: string | null;
  startWorker(options: Pick<WorkerOptions, 'workerData' | 'transferList'>): Worker;
  close(): void;
}

/**
 * When run from source, launcher and broker are each made one file without types, once, here: a Node that had to do that
 * for each step would take twice as long to start. What is run by another user, as each step of an agent that is root is,
 * lies where any user may read it.
 */
export function openLaunchProgram(): LaunchProgram {
  const isRoot = process.getuid?.() === 0;
  const outOfReach = isRoot && !isReachable(process.execPath);
  if (isSea() && !outOfReach) return { command: process.execPath, args: [launchArgument], folder: null, startWorker: workerOf(() => getAsset(brokerPart, 'utf8')), close: () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'dd0c-launch-'));
  chmodSync(folder, 0o755);
  const command = outOfReach ? join(folder, 'agent') : process.execPath;
  if (outOfReach) bringWithinReach(process.execPath, command);
  const close = (): void => rmSync(folder, { recursive: true, force: true });
  if (isSea()) return { command, args: [launchArgument], folder: null, startWorker: workerOf(() => getAsset(brokerPart, 'utf8')), close };
  const file = join(folder, launchPart);
  writeFileSync(file, oneFile('launch/main.ts', readOwn));
  chmodSync(file, 0o644);
  return { command, args: [file], folder, startWorker: workerOf(() => oneFile('broker/worker.ts', readOwn)), close };
}

function readOwn(file: string): string {
  return readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
}

function workerOf(source: () => string): LaunchProgram['startWorker'] {
  return (options) => new Worker(source(), { ...options, eval: true, env: {} });
}
