import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';

/** A program on PATH, or undefined. */
export function onPath(name: string): string | undefined {
  return (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Runs terraform, or another program that is as good, as a person would, in the folder itself. */
export async function terraform(folder: string, args: readonly string[], env: Readonly<Record<string, string | undefined>>, program = 'terraform'): Promise<void> {
  await execa(onPath(program) ?? program, args, { cwd: folder, env, extendEnv: false, stdin: 'ignore' });
}

/** The environment of a terraform that asks nobody and fetches nothing. */
export function quietEnvironment(configFile: string): Record<string, string | undefined> {
  const { AWS_CA_BUNDLE: _, ...env } = process.env;
  return { ...env, TF_CLI_CONFIG_FILE: configFile, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' };
}

/** Every path below a folder with its size and content, as one hash; plug-ins by size alone. */
export function fingerprintOfFolder(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(folder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    hash.update(`${name}\0${found?.isFile() === true ? found.size : 'folder'}\0${found?.mtimeMs ?? 0}\0`);
    if (found?.isFile() === true && !name.includes('providers')) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}
