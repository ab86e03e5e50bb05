import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, makePrivateFolder, writePrivateFile } from '#ca/keys/private-file.ts';
import { Fault } from '#proto/domain/fault.ts';
import { files, openFolder } from './folder.ts';

const keyBytes = 32;

/**
 * The key with which this agent fingerprints secrets: 32 random bytes that never leave the host. A new one would make
 * every secret look changed, so it outlives a new enrolment.
 * @throws Fault `identity-unreadable`
 */
export async function loadOrCreateScrubKey(dataDir: string, random: (count: number) => Uint8Array = randomBytes): Promise<Uint8Array> {
  const { current } = openFolder(dataDir);
  const file = join(current, files.scrubKey);
  try {
    const key = await readFile(file);
    if (key.length === keyBytes) return key;
    throw new Fault('identity-unreadable', { file, reason: `a scrub key has ${keyBytes} bytes`, bytes: key.length });
  } catch (error) {
    if (!isMissing(error)) throw error instanceof Fault ? error : new Fault('identity-unreadable', { file }, { cause: error });
  }
  const key = random(keyBytes);
  await makePrivateFolder(current);
  await writePrivateFile(file, key);
  return key;
}
