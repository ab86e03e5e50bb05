import { lstat, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary folder that only this user can enter (0700), for what may hold secrets in clear. */
export interface PrivateFolder {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

export type Purpose = 'input' | 'plan' | 'pull' | 'pulumi';

/** Makes a folder that carries its owner's name, after removing those whose owners were killed before they could. */
export async function makePrivateFolder(purpose: Purpose): Promise<PrivateFolder> {
  await removeAbandoned();
  const path = await mkdtemp(join(tmpdir(), `dd0c-${purpose}-${nameOf(await ownerOf('self', process.pid))}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A process, told from a later one with the same number. */
interface Owner {
  /** Within which its number counts (pid_namespaces(7)); 0 where there are none. */
  readonly namespace: string;
  readonly pid: number;
  /** In ticks since the machine was started (proc_pid_stat(5), field 22); 0 where it is not told. */
  readonly begun: string;
}

const named = /^dd0c-(?:input|plan|pull|pulumi)-(?<namespace>\d+)\.(?<pid>\d+)\.(?<begun>\d+)-\w{6}$/;

/** Of an owner that cannot be asked about, since it lives in another container, if at all. */
const forgottenAfterMs = 24 * 60 * 60 * 1_000;

async function removeAbandoned(): Promise<void> {
  const self = await ownerOf('self', process.pid);
  for (const name of await readdir(tmpdir()).catch((): string[] => [])) {
    const { namespace = '', pid, begun = '' } = named.exec(name)?.groups ?? {};
    if (pid === undefined) continue;
    const path = join(tmpdir(), name);
    const isAbandoned = namespace === self.namespace ? await hasEnded({ namespace, pid: Number(pid), begun }) : await isForgotten(path);
    if (isAbandoned && (await isOurs(path))) await rm(path, { recursive: true, force: true }).catch(() => {}); // the next one tries again
  }
}

async function hasEnded(owner: Owner): Promise<boolean> {
  if (owner.begun !== '0') return (await ownerOf(String(owner.pid), owner.pid)).begun !== owner.begun;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

async function isForgotten(path: string): Promise<boolean> {
  return lstat(path).then(({ mtimeMs }) => Date.now() - mtimeMs > forgottenAfterMs, () => false);
}

/** Anybody may make a link or a folder of that name in a temporary folder that all share. */
async function isOurs(path: string): Promise<boolean> {
  return lstat(path).then((found) => found.isDirectory() && found.uid === process.getuid?.(), () => false);
}

async function ownerOf(entry: string, pid: number): Promise<Owner> {
  const [, namespace = '0'] = /\[(\d+)\]/.exec(await readlink(`/proc/${entry}/ns/pid`).catch(() => '')) ?? [];
  const stat = await readFile(`/proc/${entry}/stat`, 'latin1').catch(() => '');
  return { namespace, pid, begun: stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0' };
}

function nameOf({ namespace, pid, begun }: Owner): string {
  return `${namespace}.${pid}.${begun}`;
}
