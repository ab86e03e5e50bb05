import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import type { Target } from '../../scanner.ts';
import { parseObjectPath } from '../../source/aws/object-path.ts';
import { defaultStateName, isCode, workspacesFolder } from '../layout.ts';
import { looksLike, looksLikeJson } from './peek.ts';
import { walk, type Folder } from '../../source/walk.ts';

/**
 * The Terraform stacks at a path, or the state at `s3://bucket/key`. A file given by itself is taken for what its name or head says; a folder is walked for
 * root modules, state files and JSON that looks like a plan or a shown state.
 * @throws Fault `source-missing`, `scan-too-wide`
 */
export async function findTargets(path: string, signal: AbortSignal): Promise<readonly Target[]> {
  if (parseObjectPath(path) !== null) return path.includes('/.pulumi/') ? [] : [{ kind: 'terraform', form: 'terraform-object', path, label: path }];
  const root = resolve(path);
  const found = await stat(root).catch(() => undefined);
  if (found === undefined) throw new Fault('source-missing', { source: path });
  return found.isDirectory() ? findBelow(root, signal) : await findFile(root);
}

async function findFile(path: string): Promise<readonly Target[]> {
  if (isCode(basename(path))) return [folderTarget(dirname(path), dirname(path))];
  const form = await looksLike(path);
  if (form !== undefined) return [fileTarget(dirname(path), path, form)];
  return (await isOurs(path)) ? [fileTarget(dirname(path), path, 'terraform-file')] : [];
}

/** Whether a file named by itself should be refused here, by name, rather than be left for another kind. */
async function isOurs(path: string): Promise<boolean> {
  if (/\.(?:tfstate(?:\.backup)?|tfplan)$/.test(path)) return true;
  return /\.json$|\/[^./]+$/.test(path) && !(await looksLikeJson(path));
}

async function findBelow(root: string, signal: AbortSignal): Promise<readonly Target[]> {
  const folders = await Array.fromAsync(walk(root, signal));
  const called = await calledModules(folders);
  const codeFolders = new Set(folders.filter((folder) => folder.files.some(isCode)).map((folder) => folder.path));
  const targets: Target[] = [];
  for (const folder of folders) {
    const workspaces = workspacesOf(folder, folders);
    const hasState = folder.files.includes(defaultStateName);
    const isRoot = codeFolders.has(folder.path) && (!called.has(folder.path) || hasState);
    if (isRoot && (hasState || workspaces.length === 0)) targets.push(folderTarget(root, folder.path));
    for (const file of folder.files) {
      const target = await fileIn(root, folder, file, { isRoot, codeFolders });
      if (target !== undefined) targets.push(target);
    }
  }
  return targets;
}

/** The folders of `terraform.tfstate.d` that hold a workspace's state. */
function workspacesOf(folder: Folder, folders: readonly Folder[]): readonly Folder[] {
  const below = join(folder.path, workspacesFolder);
  return folders.filter((other) => dirname(other.path) === below && other.files.includes(defaultStateName));
}

async function fileIn(
  root: string,
  folder: Folder,
  file: string,
  { isRoot, codeFolders }: { readonly isRoot: boolean; readonly codeFolders: ReadonlySet<string> },
): Promise<Target | undefined> {
  const path = join(folder.path, file);
  if (file.endsWith('.tfstate')) {
    if (isRoot && file === defaultStateName) return undefined; // the folder's own
    const owner = dirname(dirname(folder.path));
    const inWorkspaces = basename(dirname(folder.path)) === workspacesFolder && file === defaultStateName;
    if (inWorkspaces && codeFolders.has(owner)) return workspaceTarget(root, owner, path);
    return fileTarget(root, path, 'terraform-state');
  }
  if (!file.endsWith('.json') || file.endsWith('.tf.json')) return undefined;
  const form = await looksLike(path);
  return form === undefined ? undefined : fileTarget(root, path, form);
}

/** Folders that another folder's code calls as a local module: parts of a stack, not stacks. */
async function calledModules(folders: readonly Folder[]): Promise<ReadonlySet<string>> {
  const called = new Set<string>();
  for (const folder of folders) {
    for (const file of folder.files.filter(isCode)) {
      const text = await readFile(join(folder.path, file), 'utf8').catch(() => '');
      for (const [, source] of text.matchAll(/["\s]source"?\s*[=:]\s*"(\.{1,2}(?:\/[^"$]*)?)"/g)) {
        const path = resolve(folder.path, source ?? '');
        if (path !== folder.path) called.add(path);
      }
    }
  }
  return called;
}

function folderTarget(root: string, path: string): Target {
  return { kind: 'terraform', form: 'terraform-folder', path, label: label(root, path) };
}

function fileTarget(root: string, path: string, form: string): Target {
  return { kind: 'terraform', form, path, label: label(root, path) };
}

function workspaceTarget(root: string, owner: string, path: string): Target {
  return { kind: 'terraform', form: 'terraform-workspace', path, label: `${label(root, owner)} (workspace ${basename(dirname(path))})` };
}

function label(root: string, path: string): string {
  return relative(root, path) || basename(path);
}
