import { constants } from 'node:fs';
import { access, readdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import { isCode } from '../layout.ts';

export interface Program {
  readonly name: 'terraform' | 'tofu';
  /** Absolute. */
  readonly path: string;
}

/**
 * The program that plans a folder: OpenTofu where something in it is OpenTofu's own, else Terraform; the other one where
 * only that is on PATH.
 * @throws Fault `live-unavailable`
 */
export async function findProgram(folder: string, env: Readonly<Record<string, string | undefined>>, source: string): Promise<Program> {
  const isTofu = env['TF_ENCRYPTION'] !== undefined || (await showsTofu(folder));
  for (const name of isTofu ? (['tofu', 'terraform'] as const) : (['terraform', 'tofu'] as const)) {
    const path = await onPath(name, env['PATH'] ?? '');
    if (path !== undefined) return { name, path };
  }
  throw new Fault('live-unavailable', { source, programs: 'terraform, tofu' });
}

/** Its registry in the lock file, its file names, or its state encryption in the code. */
async function showsTofu(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.some((name) => /\.tofu(?:\.json)?$/.test(name))) return true;
  for (const name of names.filter((each) => each === '.terraform.lock.hcl' || isCode(each))) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    if (/"registry\.opentofu\.org\/|^\s*encryption\s*\{/m.test(text)) return true;
  }
  return false;
}

async function onPath(name: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    if (folder === '') continue;
    const candidate = join(folder, name);
    if (await access(candidate, constants.X_OK).then(() => true, () => false)) return candidate;
  }
  return undefined;
}
