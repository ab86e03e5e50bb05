import { closeSync, constants, type Dirent, lstatSync, openSync, readdirSync, statSync } from 'node:fs';

/** A file that holds nothing still costs something; a flood of empty ones is a flood. */
const leastPerFile = 4096;

/** From here on a folder is named by a descriptor, so that no tree is too deep to be looked at. */
const longPath = 3000;

/** A folder still to be looked at, and the descriptors that its name leads through. */
interface Waiting {
  readonly path: string;
  readonly through: Anchor | null;
}

interface Anchor {
  readonly fd: number;
  readonly through: Anchor | null;
  waiting: number;
}

/**
 * Bytes on disk below these folders, in steps: it pauses after each handful of files, so that a large tree does not hold
 * up everything else, and ends early above `enough`.
 */
export function* diskUsage(roots: readonly string[], enough: number): Generator<void, number> {
  const folders: Waiting[] = roots.map((path) => ({ path, through: null }));
  const seen = new Set<string>();
  let bytes = 0;
  let count = 0;
  try {
    for (let next = folders.pop(); next !== undefined && bytes <= enough; next = folders.pop()) {
      const here = anchored(next);
      for (const entry of entriesOf(here.path)) {
        const path = `${here.path}/${entry.name}`;
        if (entry.isDirectory()) {
          folders.push({ path, through: here.through });
          if (here.through !== null) here.through.waiting += 1;
        }
        bytes += sizeOf(path, seen);
        count += 1;
        if (count % 256 === 0) yield;
        if (bytes > enough) break;
      }
      letGo(here.through);
    }
  } finally {
    for (const { through } of folders) letGo(through);
  }
  return bytes;
}

/** The same folder, by a descriptor where its name has become long. Whoever gets an anchor lets it go once. */
function anchored({ path, through }: Waiting): Waiting {
  if (path.length < longPath) return { path, through };
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    return { path: `/proc/self/fd/${fd}`, through: { fd, through, waiting: 1 } };
  } catch {
    return { path, through };
  }
}

function letGo(anchor: Anchor | null): void {
  if (anchor === null) return;
  anchor.waiting -= 1;
  if (anchor.waiting > 0) return;
  closeSync(anchor.fd);
  letGo(anchor.through);
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function sizeOf(path: string, seen: Set<string>): number {
  try {
    const found = lstatSync(path);
    if (found.nlink > 1 && !found.isDirectory() && isKnown(`${found.dev}:${found.ino}`, seen)) return 0;
    return Math.max(leastPerFile, found.blocks * 512);
  } catch {
    return 0;
  }
}

function isKnown(id: string, seen: Set<string>): boolean {
  const known = seen.has(id);
  seen.add(id);
  return known;
}

/** How many descriptors are looked at in one go. */
const maxDescriptors = 4096;

/** Bytes of files that were removed while a process holds them open: no folder shows them. */
export function removedBytes(pids: readonly number[]): number {
  const seen = new Set<string>();
  let bytes = 0;
  let left = maxDescriptors;
  for (const pid of pids) {
    for (const { name } of entriesOf(`/proc/${pid}/fd`)) {
      left -= 1;
      if (left < 0) return bytes;
      bytes += removedSize(`/proc/${pid}/fd/${name}`, seen);
    }
  }
  return bytes;
}

function removedSize(path: string, seen: Set<string>): number {
  try {
    const found = statSync(path);
    return found.isFile() && found.nlink === 0 && !isKnown(`${found.dev}:${found.ino}`, seen) ? found.blocks * 512 : 0;
  } catch {
    return 0;
  }
}
