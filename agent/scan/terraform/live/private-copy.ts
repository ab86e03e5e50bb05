import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, readlink, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import { makePrivateFolder } from '../../source/private-folder.ts';

export interface CopyInput {
  readonly folder: string;
  /** Where the folder keeps what `init` made, `.terraform` or what TF_DATA_DIR names. */
  readonly dataFolder: string;
  /** Folders of local modules, inside or outside of the folder. */
  readonly modules: readonly string[];
  /** A state file that lies outside of the folder, or null. */
  readonly state: string | null;
  readonly source: string;
}

export interface PrivateCopy {
  /** The folder's place in the copy. */
  readonly folder: string;
  /** Beside the copied tree, for output. */
  readonly scratch: string;
  readonly remove: () => Promise<void>;
}

/** More than this is not code; a plan of it would fill the disk. */
const maxBytes = 1024 * 1024 * 1024;
const maxFiles = 100_000;
/** Folders that are not code, and are not copied with it. */
export const leftOut: ReadonlySet<string> = new Set(['.git', '.terraform', '.terragrunt-cache', 'node_modules']);

/**
 * Copies a folder of code, with its state, its local modules and what `init` installed, to a temporary folder that only
 * this user can enter, so that nothing a plan writes lands in the original. Provider plug-ins are linked one by one at
 * the level at which terraform itself links them, where replacing one replaces the link.
 * @throws Fault `live-failed` where there is too much to copy
 */
export async function makePrivateCopy({ folder, dataFolder, modules, state, source }: CopyInput): Promise<PrivateCopy> {
  const { path: scratch, remove } = await makePrivateFolder('plan');
  const base = commonFolder([folder, ...modules, ...(state === null ? [] : [dirname(state)])]);
  const inCopy = (path: string): string => join(scratch, 'tree', relative(base, path));
  let bytes = 0;
  let files = 0;
  try {
    const copied: string[] = [];
    for (const each of [folder, ...modules]) {
      if (copied.some((done) => each === done || each.startsWith(done + sep))) continue;
      await copyTree(each, inCopy(each), leftOut);
      copied.push(each);
    }
    if (state !== null) await copyOne(state, inCopy(state));
    await copyData(dataFolder, join(inCopy(folder), '.terraform'));
    return { folder: inCopy(folder), scratch, remove };
  } catch (error) {
    await remove();
    throw error;
  }

  async function copyTree(from: string, to: string, without: ReadonlySet<string>): Promise<void> {
    await mkdir(to, { recursive: true, mode: 0o700 });
    for (const entry of await readdir(from, { withFileTypes: true })) {
      if (without.has(entry.name)) continue;
      const [source, target] = [join(from, entry.name), join(to, entry.name)];
      if (entry.isDirectory()) await copyTree(source, target, without);
      else if (entry.isSymbolicLink()) await copyLink(source, target, without);
      else if (entry.isFile()) await copyOne(source, target);
    }
  }

  /** What a link leads to is copied, but for links that lead back above themselves. */
  async function copyLink(from: string, to: string, without: ReadonlySet<string>): Promise<void> {
    const target = resolve(dirname(from), await readlink(from));
    const found = await stat(from).catch(() => undefined);
    if (found?.isFile()) await copyOne(from, to);
    else if (found?.isDirectory() && !from.startsWith(target + sep) && from !== target) await copyTree(from, to, without);
  }

  async function copyOne(from: string, to: string): Promise<void> {
    const { size } = await stat(from);
    bytes += size;
    files += 1;
    if (bytes > maxBytes || files > maxFiles) throw new Fault('live-failed', { source, stage: 'copy', reason: 'the folder holds too much to be copied for a plan' });
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  }

  async function copyData(from: string, to: string): Promise<void> {
    if (!(await isFolder(from))) return;
    await copyTree(from, to, new Set(['providers', 'plugins', '.git']));
    await linkPlugins(join(from, 'providers'), join(to, 'providers'), 5); // host/namespace/type/version/platform
  }

  async function linkPlugins(from: string, to: string, levels: number): Promise<void> {
    if (!(await isFolder(from))) return;
    if (levels === 0) return symlink(from, to);
    await mkdir(to, { recursive: true, mode: 0o700 });
    for (const name of await readdir(from)) await linkPlugins(join(from, name), join(to, name), levels - 1);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), () => false);
}

/** The deepest folder that holds them all. */
function commonFolder(folders: readonly string[]): string {
  const [first = '/', ...rest] = folders;
  let common = first;
  while (!rest.every((folder) => folder === common || folder.startsWith(common === sep ? sep : common + sep))) common = dirname(common);
  return common;
}
