import { chmod, copyFile, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A cluster of files that a runbook may put right: a copy, so that the examples stay as they are. */
export interface Scene {
  /** Absolute. */
  readonly cluster: string;
  /** The runbook for it. */
  readonly runbook: string;
}

const files = ['web.yaml', 'live.yaml', 'revision-6'];
/** Where the runbook of the examples says that the cluster lies. */
const written = '/srv/cluster';

/**
 * Lays the scene where a step can reach it: an agent that runs as root runs steps as somebody else, who cannot enter a
 * folder that only its owner may.
 */
export async function laySceneFrom(examples: string): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'dd0c-demo-'));
  const cluster = join(folder, 'cluster');
  const isRoot = process.getuid?.() === 0;
  await chmod(folder, 0o755);
  await mkdir(cluster);
  if (isRoot) await chmod(cluster, 0o777);
  for (const file of files) {
    await copyFile(join(examples, 'cluster', file), join(cluster, file));
    if (isRoot) await chmod(join(cluster, file), 0o666);
  }
  const runbook = join(folder, 'roll-back.runbook.yaml');
  await writeFile(runbook, (await readFile(join(examples, 'cluster', 'roll-back.runbook.yaml'), 'utf8')).replaceAll(written, cluster));
  return { cluster, runbook };
}
