import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { isSea } from 'node:sea';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quietly } from './kernel.ts';
import { launchArgument } from './plan.ts';

/** How a launcher is started: the agent's own executable, or Node with a copy of the launcher's few files. */
export interface LaunchProgram {
  readonly command: string;
  readonly args: readonly string[];
  /** A folder that the launcher has to see beside the command, or null. */
  readonly folder: string | null;
  close(): void;
}

const files = ['launch/main.ts', 'launch/launch.ts', 'launch/canary.ts', 'launch/kernel.ts', 'launch/plan.ts', 'syscalls/x64.ts', 'syscalls/arm64.ts'];

/**
 * When run from source, the launcher's types are taken out once, here: a Node that had to do that for each step would
 * take twice as long to start. The copy lies where any user may read it, for it is also run by another one.
 */
export function openLaunchProgram(): LaunchProgram {
  if (isSea()) return { command: process.execPath, args: [launchArgument], folder: null, close: () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'dd0c-launch-'));
  chmodSync(folder, 0o755);
  for (const file of files) {
    const to = join(folder, file.replace(/\.ts$/, '.mjs'));
    mkdirSync(join(to, '..'), { recursive: true, mode: 0o755 });
    const source = quietly(() => stripTypeScriptTypes(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')));
    writeFileSync(to, source.replaceAll(/(from '[^']+)\.ts'/g, "$1.mjs'"), { mode: 0o644 });
  }
  return { command: process.execPath, args: [join(folder, 'launch', 'main.mjs')], folder, close: () => rmSync(folder, { recursive: true, force: true }) };
}
