import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Backend, backendOf, dataFolderOf } from './backend/backend.ts';
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
  const chosen = env['TF_WORKSPACE'] ?? (await readFile(join(dataFolderOf(folder, env), 'environment'), 'utf8').catch(() => '')).trim();
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

/** A file, a backend to ask, or why there is neither. */
export type StatePlace = { readonly path: string } | { readonly backend: Backend } | { readonly missing: string };

/**
 * Where the state lies: the file that was named, what the backend of the code says, or terraform.tfstate beside the code.
 * Such a file is taken before a backend that `init` has never seen here: somebody has put it there to be read.
 */
export async function locateState(place: Place, module: Pick<Module, 'backend'>, env: Readonly<Record<string, string | undefined>>): Promise<StatePlace> {
  if (place.state !== null) return { path: place.state };
  const backend = await backendOf(place.folder, module, env);
  const remote = backend === null || backend.type === 'local' ? null : backend;
  if (remote?.from === 'init') return { backend: remote };
  const path = localPath(place, remote === null ? backend : null);
  if (await holdsSomething(path)) return { path };
  return remote === null ? { missing: 'there is no state here to compare it with' } : { backend: remote };
}

function localPath({ folder, workspace }: Place, backend: Backend | null): string {
  const { path, workspace_dir: workspaces } = backend?.settings ?? {};
  if (workspace !== 'default') return resolve(folder, typeof workspaces === 'string' ? workspaces : workspacesFolder, workspace, defaultStateName);
  return resolve(folder, typeof path === 'string' ? path : defaultStateName);
}

/** Terraform leaves an empty file behind in some moves. */
async function holdsSomething(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isFile() && found.size > 0, () => false);
}
