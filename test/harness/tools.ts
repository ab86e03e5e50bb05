import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { onPath } from './terraform-program.ts';

/** A tool that lies beside the project (DD0C_TOOLS names the folder with its `up.sh`), unpacked; null where it does not. */
export function toolFolder(name: string): string | null {
  const script = join(process.env['DD0C_TOOLS'] ?? resolve(import.meta.dirname, '../../../shared/tools'), 'up.sh');
  if (!existsSync(script)) return null;
  try {
    return execFileSync(script, [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000 }).trim();
  } catch {
    return null;
  }
}

/** The program of that name in its tool's folder, else on PATH; `reason` is what a suite's title says where there is none. */
export function toolProgram(name: string): { readonly path: string | null; readonly reason: string } {
  const folder = toolFolder(name);
  const path = folder !== null && existsSync(join(folder, name)) ? join(folder, name) : (onPath(name) ?? null);
  return { path, reason: path === null ? ` [not run: no ${name}]` : '' };
}
