import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StepLimit, StepLimits } from '#proto/domain/step.ts';

/** A control group that holds one step. */
export interface StepCgroup {
  /** The kernel takes some milliseconds for it, and holds up whoever waits. */
  add(pid: number): Promise<void>;
  /** From now on. */
  limit(limits: StepLimits): void;
  pids(): readonly number[];
  /** What it had to hold to, so far. */
  reached(): StepLimit | null;
  /** Kills what is in it, where the kernel can do that at once. */
  kill(): void;
  /** Answers false while something is still in it. */
  remove(): boolean;
}

/** The groups below the agent's own, where it may make some. */
export interface Cgroups {
  readonly version: 1 | 2;
  create(name: string): StepCgroup;
}

/** What of the file system says where groups are; read anew, since a service manager may move the agent. */
export interface CgroupSources {
  /** `/proc/self/mountinfo` */
  readonly mounts: string;
  /** `/proc/self/cgroup` */
  readonly own: string;
}

/** Finds a hierarchy that can limit memory and processes and in which this user may make groups; else null. */
export function openCgroups(sources: CgroupSources = readSources()): Cgroups | null {
  const v1 = ['memory', 'pids'].map((controller) => folderOf(controller, sources));
  const [memory, pids] = v1;
  if (memory !== undefined && pids !== undefined && isOurs(memory) && isOurs(pids)) return clear({ version: 1, create: (name) => createV1(memory, pids, name) }, memory, pids);
  const unified = folderOf(null, sources);
  if (unified !== undefined && isOurs(unified) && enable(unified)) return clear({ version: 2, create: (name) => createV2(unified, name) }, unified);
  return null;
}

/** An agent that was killed could not remove the groups of its steps; they are empty, and named after its process. */
function clear(cgroups: Cgroups, ...folders: readonly string[]): Cgroups {
  for (const folder of folders) {
    for (const name of readdirSync(folder)) {
      const [, agent] = /^dd0c-step-(\d+)-\d+$/.exec(name) ?? [];
      if (agent !== undefined && !existsSync(`/proc/${agent}`)) tryRemove(join(folder, name));
    }
  }
  return cgroups;
}

function readSources(): CgroupSources {
  const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  return { mounts: read('/proc/self/mountinfo'), own: read('/proc/self/cgroup') };
}

/** The agent's own group of a controller's hierarchy, or of the unified one. */
function folderOf(controller: string | null, { mounts, own }: CgroupSources): string | undefined {
  const line = own.split('\n').map((text) => text.split(':')).find(([, names = '']) => (controller === null ? names === '' : names.split(',').includes(controller)));
  const path = line?.slice(2).join(':');
  if (path === undefined) return undefined;
  for (const mount of mounts.split('\n')) {
    const [front = '', back = ''] = mount.split(' - ');
    const [, , , root = '', point = ''] = front.split(' ');
    const [type = '', , options = ''] = back.split(' ');
    const fits = controller === null ? type === 'cgroup2' : type === 'cgroup' && options.split(',').includes(controller);
    if (!fits) continue;
    if (path === root || root === '/') return join(point, root === '/' ? path : '');
    if (path.startsWith(`${root}/`)) return join(point, path.slice(root.length));
    return point; // a namespace of its own: what is mounted is what may be used
  }
  return undefined;
}

function isOurs(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** In the unified hierarchy a group with processes hands nothing down, so the agent first moves into a leaf of its own. */
function enable(folder: string): boolean {
  if (hands(folder)) return true;
  if (tryWrite(join(folder, 'cgroup.subtree_control'), '+memory +pids')) return hands(folder);
  const inside = read(join(folder, 'cgroup.procs')).trim();
  if (inside !== String(process.pid)) return false; // not the agent's alone
  const leaf = join(folder, 'agent');
  if (!existsSync(leaf)) mkdirSync(leaf);
  return tryWrite(join(leaf, 'cgroup.procs'), String(process.pid)) && tryWrite(join(folder, 'cgroup.subtree_control'), '+memory +pids') && hands(folder);
}

function hands(folder: string): boolean {
  const given = read(join(folder, 'cgroup.subtree_control')).trim().split(/\s+/);
  return given.includes('memory') && given.includes('pids');
}

function createV1(memoryBase: string, pidsBase: string, name: string): StepCgroup {
  const [memory, pids] = [join(memoryBase, name), join(pidsBase, name)];
  mkdirSync(memory);
  mkdirSync(pids);
  return {
    add: async (pid) => {
      await writeFile(join(pids, 'cgroup.procs'), String(pid));
      await writeFile(join(memory, 'cgroup.procs'), String(pid));
    },
    limit: (limits) => {
      writeFileSync(join(memory, 'memory.limit_in_bytes'), String(limits.memoryBytes));
      tryWrite(join(memory, 'memory.memsw.limit_in_bytes'), String(limits.memoryBytes)); // only where swap is accounted
      writeFileSync(join(pids, 'pids.max'), String(limits.pids));
    },
    pids: () => [...new Set([...members(pids), ...members(memory)])],
    reached: () => (counted(join(memory, 'memory.oom_control'), 'oom_kill') > 0 ? 'memory' : counted(join(pids, 'pids.events'), 'max') > 0 ? 'pids' : null),
    kill: () => {}, // the first version cannot; the tree is swept
    remove: () => [memory, pids].map(tryRemove).every(Boolean),
  };
}

function createV2(base: string, name: string): StepCgroup {
  const folder = join(base, name);
  mkdirSync(folder);
  return {
    add: async (pid) => writeFile(join(folder, 'cgroup.procs'), String(pid)),
    limit: (limits) => {
      writeFileSync(join(folder, 'memory.max'), String(limits.memoryBytes));
      tryWrite(join(folder, 'memory.swap.max'), '0');
      tryWrite(join(folder, 'memory.oom.group'), '1');
      writeFileSync(join(folder, 'pids.max'), String(limits.pids));
    },
    pids: () => members(folder),
    reached: () => (counted(join(folder, 'memory.events'), 'oom_kill') > 0 ? 'memory' : counted(join(folder, 'pids.events'), 'max') > 0 ? 'pids' : null),
    kill: () => void tryWrite(join(folder, 'cgroup.kill'), '1'),
    remove: () => tryRemove(folder),
  };
}

function members(folder: string): readonly number[] {
  return read(join(folder, 'cgroup.procs')).split('\n').filter(Boolean).map(Number);
}

function counted(file: string, name: string): number {
  const line = read(file).split('\n').find((text) => text.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length + 1));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function tryWrite(file: string, text: string): boolean {
  try {
    writeFileSync(file, text);
    return true;
  } catch {
    return false;
  }
}

function tryRemove(folder: string): boolean {
  try {
    rmdirSync(folder);
  } catch {
    // still in use, or gone
  }
  return !existsSync(folder);
}
