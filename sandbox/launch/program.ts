import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { getAsset, isSea } from 'node:sea';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { quietly } from './kernel.ts';
import { launchArgument } from './plan.ts';

/** How a launcher is started, and the thread of the broker: out of the agent's own executable, or of a copy of their few files. */
export interface LaunchProgram {
  readonly command: string;
  readonly args: readonly string[];
  /** A folder that the launcher has to see beside the command, or null. */
  readonly folder: string | null;
  startWorker(options: Pick<WorkerOptions, 'workerData' | 'transferList'>): Worker;
  close(): void;
}

/** All that launcher and broker import. */
const files = [
  'launch/main.ts', 'launch/launch.ts', 'launch/canary.ts', 'launch/kernel.ts', 'launch/plan.ts', 'syscalls/x64.ts', 'syscalls/arm64.ts',
  'broker/worker.ts', 'broker/notification.ts', 'broker/modes.ts', 'broker/connect.ts', 'broker/signals.ts', 'tree/mark.ts',
];

/** The part of the executable that is the broker's thread. */
export const brokerPart = 'broker.cjs';

/**
 * When run from source, types are taken out once, here: a Node that had to do that for each step would take twice as long
 * to start. The copy lies where any user may read it, for it is also run by another one.
 */
export function openLaunchProgram(): LaunchProgram {
  if (isSea()) {
    const startWorker: LaunchProgram['startWorker'] = (options) => new Worker(getAsset(brokerPart, 'utf8'), { ...options, eval: true, env: {} });
    return { command: process.execPath, args: [launchArgument], folder: null, startWorker, close: () => {} };
  }
  const folder = mkdtempSync(join(tmpdir(), 'dd0c-launch-'));
  chmodSync(folder, 0o755);
  for (const file of files) {
    const to = join(folder, file.replace(/\.ts$/, '.mjs'));
    mkdirSync(dirname(to), { recursive: true });
    chmodSync(dirname(to), 0o755);
    const source = quietly(() => stripTypeScriptTypes(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')));
    writeFileSync(to, source.replaceAll(/(from '[^']+)\.ts'/g, "$1.mjs'"));
    chmodSync(to, 0o644);
  }
  return {
    command: process.execPath,
    args: [join(folder, 'launch', 'main.mjs')],
    folder,
    startWorker: (options) => new Worker(join(folder, 'broker', 'worker.mjs'), { ...options, env: {} }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
