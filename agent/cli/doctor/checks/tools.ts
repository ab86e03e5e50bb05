import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Environment } from '../../../config/environment.ts';
import type { Check } from '../check.ts';

/** Which programs for live comparisons are on PATH; everything else works without them. */
export const checkTools: Check = async ({ env }) => {
  const found = ['terraform', 'tofu'].flatMap((name) => find(name, env) ?? []);
  if (found.length > 0) return [{ name: 'tools', state: 'good', detail: found.join(', ') }];
  return [{ name: 'tools', state: 'note', detail: 'neither terraform nor tofu is on PATH', next: 'Install one for --against live; states, plans and code are read without.' }];
};

function find(name: string, env: Environment): string | undefined {
  return (env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
