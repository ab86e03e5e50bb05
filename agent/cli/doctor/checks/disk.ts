import { existsSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { asFault } from '#proto/domain/fault.ts';
import { defaultSpoolBytes, openSpool } from '../../../spool/spool.ts';
import { setAsideIn } from '../../../spool/spool-file.ts';
import type { Check, Finding } from '../check.ts';

/** Less free space than this is told: a large report may not fit. */
const roomBytes = 256 * 1024 * 1024;

/** Who may read the keys, how much waits in the spool, and how much room is left. */
export const checkDisk: Check = async ({ dataDir, config }) => {
  if (!existsSync(dataDir)) return [];
  return [...(await rights(dataDir)), spool(dataDir, config?.config.spool.maxBytes ?? defaultSpoolBytes), ...broken(dataDir), await room(dataDir)];
};

async function rights(dataDir: string): Promise<readonly Finding[]> {
  const secret = ['identity', 'identity/key.pem', 'identity/scrub.key'].map((name) => join(dataDir, name)).filter((path) => existsSync(path));
  const open: string[] = [];
  for (const path of secret) if (((await stat(path)).mode & 0o077) !== 0) open.push(path);
  if (open.length === 0) return [{ name: 'rights', state: 'good', detail: `${dataDir} keeps its keys to this user` }];
  return [{ name: 'rights', state: 'bad', detail: `other users may read ${open.join(', ')}`, next: `chmod -R go= ${dataDir}` }];
}

/** Beyond this share a report of usual size is refused. */
const nearlyFull = 0.9;

/** A spool that another process holds is that of a running agent. */
function spool(dataDir: string, maxBytes: number): Finding {
  if (!existsSync(join(dataDir, 'spool'))) return { name: 'spool', state: 'good', detail: 'empty' };
  try {
    const opened = openSpool({ dir: dataDir, maxBytes, newId: () => crypto.randomUUID(), clock: Date.now, warn: () => {} });
    const { facts, bytes } = opened.pending();
    opened.close();
    if (facts === 0) return { name: 'spool', state: 'good', detail: `empty; takes ${megabytes(maxBytes)}` };
    const detail = `${facts} facts wait, ${megabytes(bytes)} of ${megabytes(maxBytes)}`;
    if (bytes < maxBytes * nearlyFull) return { name: 'spool', state: 'note', detail, next: 'They are sent when the control plane can be reached; start the agent if it does not run.' };
    return { name: 'spool', state: 'bad', detail: `${detail}: full, new reports are refused and what waits is kept`, next: 'Restore the link to the control plane, or raise spool.maxBytes in dd0c.yaml.' };
  } catch (error) {
    const { code, message, next } = asFault(error);
    return code === 'data-locked' ? { name: 'spool', state: 'good', detail: 'in use by a running agent' } : { name: 'spool', state: 'bad', detail: message, next };
  }
}

/** What could not be read is kept, and reported until somebody has looked. */
function broken(dataDir: string): readonly Finding[] {
  const folder = join(dataDir, 'spool');
  const names = existsSync(folder) ? setAsideIn(folder) : [];
  if (names.length === 0) return [];
  return [{ name: 'spool', state: 'note', detail: `could not be read and was set aside: ${names.join(', ')} in ${folder}; the next scan reports what is missing`, next: 'Look at the disk, then remove the files: until then the agent reports spool-corrupt.' }];
}

async function room(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  if (free >= roomBytes) return { name: 'disk', state: 'good', detail: `${megabytes(free)} free` };
  return { name: 'disk', state: 'note', detail: `only ${megabytes(free)} free`, next: 'Make room on the disk of the data folder; the spool grows while the control plane is away.' };
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
