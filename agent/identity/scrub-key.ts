import { createHmac, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, makePrivateFolder, writePrivateFile } from '#ca/keys/private-file.ts';
import { Fault } from '#proto/domain/fault.ts';
import { files, openFolder } from './folder.ts';

const keyBytes = 32;

/**
 * The key with which this agent fingerprints secrets: 32 random bytes that never leave the host. A new one makes every
 * secret look changed, so it outlives a new enrolment; only `rotateScrubKey` replaces it.
 * @throws Fault `identity-unreadable`
 */
export async function loadOrCreateScrubKey(dataDir: string, random: (count: number) => Uint8Array = randomBytes): Promise<Uint8Array> {
  return (await readScrubKey(dataDir)) ?? rotateScrubKey(dataDir, random);
}

/** The key, or null where none was made yet. */
export async function readScrubKey(dataDir: string): Promise<Uint8Array | null> {
  const file = fileIn(dataDir);
  try {
    const key = await readFile(file);
    if (key.length === keyBytes) return key;
    throw new Fault('identity-unreadable', { file, reason: `a scrub key has ${keyBytes} bytes`, bytes: key.length });
  } catch (error) {
    if (isMissing(error)) return null;
    throw error instanceof Fault ? error : new Fault('identity-unreadable', { file }, { cause: error });
  }
}

/** Puts a new key in the place of the old one, which is kept nowhere. */
export async function rotateScrubKey(dataDir: string, random: (count: number) => Uint8Array = randomBytes): Promise<Uint8Array> {
  const key = random(keyBytes);
  await makePrivateFolder(openFolder(dataDir).current);
  await writePrivateFile(fileIn(dataDir), key);
  return key;
}

/** By this a key can be told from another without being known: 64 bits of a keyed hash. */
export function idOfScrubKey(key: Uint8Array): string {
  return createHmac('sha256', key).update('dd0c.scrub-key/v1').digest('hex').slice(0, 16);
}

function fileIn(dataDir: string): string {
  return join(openFolder(dataDir).current, files.scrubKey);
}
