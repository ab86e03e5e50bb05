import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { makePrivateFolder, readPrivateFile, writePrivateFile } from '#ca/keys/private-file.ts';
import { sealKeyBytes } from '#ca/keys/seal.ts';
import { Fault } from '#proto/domain/fault.ts';

/** Where the key lies that opens what the authority keeps in the database. */
export interface SealKeyFile {
  readonly path: string;
  /** Whether somebody named it: then it is theirs to make. */
  readonly isNamed: boolean;
}

/** @param named by the operator, or null for the one in the data folder */
export function sealKeyFile(data: string, named: string | null): SealKeyFile {
  return { path: named ?? join(data, 'ca', 'seal.key'), isNamed: named !== null };
}

/**
 * The key in the file, as 64 hexadecimal digits; null where there is none.
 * @throws Fault `seal-key-unusable`, `key-exposed`
 */
export async function readSealKey({ path }: SealKeyFile): Promise<Uint8Array | null> {
  const text = await readPrivateFile(path).catch((cause: unknown) => {
    throw cause instanceof Fault ? cause : new Fault('seal-key-unusable', { file: path, reason: 'it cannot be read' }, { cause });
  });
  if (text === null) return null;
  if (!new RegExp(`^[0-9a-fA-F]{${sealKeyBytes * 2}}\\s*$`).test(text)) throw new Fault('seal-key-unusable', { file: path, reason: `it does not hold ${sealKeyBytes * 2} hexadecimal digits` });
  return Buffer.from(text.trim(), 'hex');
}

/**
 * Makes the key for a new authority, unless it is there.
 * @throws Fault `seal-key-missing` where somebody named a file that is not there
 */
export async function makeSealKey(file: SealKeyFile): Promise<Uint8Array> {
  const existing = await readSealKey(file);
  if (existing !== null) return existing;
  if (file.isNamed) throw new Fault('seal-key-missing', { file: file.path });
  const key = randomBytes(sealKeyBytes);
  await makePrivateFolder(dirname(file.path));
  await writePrivateFile(file.path, `${key.toString('hex')}\n`);
  return key;
}
