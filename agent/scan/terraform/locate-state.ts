import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { constantText } from './hcl/constant-text.ts';
import type { Module } from './code/module.ts';
import { defaultStateName, isCode, workspacesFolder } from './layout.ts';

/** A folder of code in one of its workspaces, and the state that was named with it. */
export interface Place {
  readonly folder: string;
  readonly workspace: string;
  /** The state file to use, or null to look where terraform would. */
  readonly state: string | null;
}

/** The place of a folder, in the workspace that is chosen there or in the environment. */
export async function placeOfFolder(folder: string, env: Readonly<Record<string, string | undefined>>): Promise<Place> {
  const chosen = env['TF_WORKSPACE'] ?? (await readFile(join(folder, '.terraform', 'environment'), 'utf8').catch(() => '')).trim();
  return { folder, workspace: chosen === '' ? 'default' : chosen, state: null };
}

/** The place of a state file whose code lies where terraform would look for it, or null where there is no code. */
export async function placeOfState(path: string): Promise<Place | null> {
  const inWorkspace = basename(dirname(dirname(path))) === workspacesFolder;
  const folder = inWorkspace ? dirname(dirname(dirname(path))) : dirname(path);
  const names = await readdir(folder).catch((): string[] => []);
  if (!names.some(isCode)) return null;
  return { folder, workspace: inWorkspace ? basename(dirname(path)) : 'default', state: path };
}

/** Where the state lies: the file that was named, a workspace's, the local backend's, or terraform.tfstate beside the code. */
export async function locateState({ folder, workspace, state }: Place, { backend }: Pick<Module, 'backend'>): Promise<{ readonly path: string } | { readonly missing: string }> {
  if (state !== null) return { path: state };
  const path = workspace === 'default' ? defaultPath(folder, backend) : join(folder, workspacesFolder, workspace, defaultStateName);
  if (await holdsSomething(path)) return { path };
  if (backend !== null && backend.type !== 'local') return { missing: `its state is kept in the backend ${backend.type}; give it with --against FILE, or scan with --against live` };
  return { missing: 'there is no state here to compare it with' };
}

function defaultPath(folder: string, backend: Module['backend']): string {
  const named = backend?.type === 'local' ? constantText(backend.block.body.attributes.get('path')?.value) : undefined;
  return resolve(folder, named ?? defaultStateName);
}

/** After a move to another backend terraform leaves an empty file behind. */
async function holdsSomething(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isFile() && found.size > 0, () => false);
}
