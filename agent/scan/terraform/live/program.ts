import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';

export interface Program {
  readonly name: 'terraform' | 'tofu';
  /** Absolute. */
  readonly path: string;
}

/**
 * The program that plans a folder: OpenTofu where the folder's lock file names its registry, else Terraform; the other
 * one where only that is on PATH.
 * @throws Fault `live-unavailable`
 */
export async function findProgram(folder: string, env: Readonly<Record<string, string | undefined>>, source: string): Promise<Program> {
  const lock = await readFile(join(folder, '.terraform.lock.hcl'), 'utf8').catch(() => '');
  const names = lock.includes('"registry.opentofu.org/') ? (['tofu', 'terraform'] as const) : (['terraform', 'tofu'] as const);
  for (const name of names) {
    const path = await onPath(name, env['PATH'] ?? '');
    if (path !== undefined) return { name, path };
  }
  throw new Fault('live-unavailable', { source, programs: 'terraform, tofu' });
}

async function onPath(name: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    if (folder === '') continue;
    const candidate = join(folder, name);
    if (await access(candidate, constants.X_OK).then(() => true, () => false)) return candidate;
  }
  return undefined;
}
