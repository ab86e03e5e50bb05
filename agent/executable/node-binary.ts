import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import type { BuildTarget } from './target.ts';

const Lock = z.object({ packages: z.record(z.string(), z.looseObject({ version: z.string().optional(), integrity: z.string().optional() })) });

/**
 * The Node of a platform, as pinned by package-lock.json: the installed package, or one fetched through npm and checked
 * against the lock's hash. npm does not install packages of other platforms.
 */
export async function nodeBinary({ nodePackage }: BuildTarget, { root, cache }: { readonly root: string; readonly cache: string }): Promise<string> {
  const { version, integrity } = await pinned(nodePackage, root);
  const installed = join(root, 'node_modules', nodePackage);
  if (existsSync(join(installed, 'bin', 'node')) && (await versionIn(installed)) === version) return join(installed, 'bin', 'node');

  const folder = join(cache, `${nodePackage}-${version}`);
  const binary = join(folder, 'package', 'bin', 'node');
  if (!existsSync(binary)) await fetchPackage(`${nodePackage}@${version}`, integrity, folder);
  return binary;
}

async function pinned(name: string, root: string): Promise<{ readonly version: string; readonly integrity: string }> {
  const { packages } = Lock.parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')));
  const { version, integrity } = packages[`node_modules/${name}`] ?? {};
  if (version === undefined || integrity === undefined) throw new Error(`package-lock.json does not pin ${name}`);
  return { version, integrity };
}

async function versionIn(folder: string): Promise<string> {
  return z.looseObject({ version: z.string() }).parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))).version;
}

/** The folder appears only when its content has been checked. */
async function fetchPackage(wanted: string, integrity: string, folder: string): Promise<void> {
  const fresh = `${folder}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  const { stdout } = await execa('npm', ['pack', wanted, '--pack-destination', fresh, '--json', '--loglevel', 'error'], { cwd: fresh });
  const archive = join(fresh, archiveName(JSON.parse(stdout)));
  const [algorithm = '', expected] = integrity.split(/-(.*)/s);
  const actual = createHash(algorithm).update(await readFile(archive)).digest('base64');
  if (actual !== expected) throw new Error(`${wanted} is not what package-lock.json pins: ${algorithm}-${actual}`);
  await execa('tar', ['-xzf', archive, '-C', fresh, 'package/bin/node', 'package/LICENSE']);
  await rename(fresh, folder);
}

/** npm 12 answers by package name, older ones with a list. */
function archiveName(answer: unknown): string {
  const Packed = z.object({ filename: z.string() });
  const [packed] = z.union([z.array(Packed), z.record(z.string(), Packed).transform(Object.values<z.infer<typeof Packed>>)]).parse(answer);
  if (packed === undefined) throw new Error('npm packed nothing');
  return packed.filename;
}
