import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const prefix = 'dd0c-step-';

/** Gives a step a new folder of its own, for this user alone, and takes it away when the work is done. */
export async function withStepFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), prefix));
  try {
    return await work(folder);
  } finally {
    await clearStepFolder(folder);
  }
}

/** What cannot be removed stays: how the step ended must be told all the same. */
export async function clearStepFolder(folder: string): Promise<void> {
  if (!basename(folder).startsWith(prefix) || dirname(folder) !== (await realpath(tmpdir()))) return;
  await rm(folder, { recursive: true, force: true, maxRetries: 2 }).catch(() => undefined);
}
