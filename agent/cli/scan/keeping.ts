import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import { dataFolder } from '../../config/data-folder.ts';
import type { Environment } from '../../config/environment.ts';
import { readIdentity } from '../../identity/identity.ts';
import { loadOrCreateScrubKey } from '../../identity/scrub-key.ts';
import { createFileMemory, type Memory, noMemory } from '../../memory/memory.ts';

/** What lasts from one scan to the next. */
export interface Keeping {
  /** For fingerprints of secrets; a secret itself. */
  readonly scrubKey: Uint8Array;
  readonly tenant: string;
  readonly memory: Memory;
}

/** The folder that was asked for, or that of the enrolled agent; without one, a key for this scan alone and no memory. */
export async function openKeeping(option: string | undefined, env: Environment): Promise<Keeping> {
  const folder = dataFolder(option, env);
  const tenant = tenantOf(folder);
  if (tenant === null && option === undefined && env['DD0C_DATA'] === undefined) return { scrubKey: randomBytes(32), tenant: '', memory: noMemory };
  return { scrubKey: await loadOrCreateScrubKey(folder), tenant: tenant ?? '', memory: createMemoryIn(folder) };
}

/** What the last report of each stack knew, in an agent's data folder. */
export function createMemoryIn(folder: string): Memory {
  return createFileMemory(join(folder, 'memory'));
}

function tenantOf(folder: string): string | null {
  try {
    return readIdentity(folder).tenant;
  } catch (error) {
    if (error instanceof Fault && error.code === 'not-enrolled') return null;
    throw error;
  }
}
