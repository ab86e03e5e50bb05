import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateFolder, readPrivateFile, syncFolder, writePrivateFile } from '#ca/keys/private-file.ts';
import { isP256Key } from '#ca/x509/p256.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { Checked } from './check-answer.ts';
import { files, type IdentityFolder } from './folder.ts';
import { loadOrCreateScrubKey } from './scrub-key.ts';

/** The key of an identity that is being asked for: the one of an attempt that did not come to its end, or a new one. PEM. */
export async function candidateKey({ candidate }: IdentityFolder): Promise<string> {
  const file = join(candidate, files.key);
  return await writing(candidate, async () => {
    await makePrivateFolder(candidate);
    const kept = await readPrivateFile(file);
    if (kept !== null && isUsable(kept)) return kept;
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' });
    await writePrivateFile(file, key);
    return key;
  });
}

/** SubjectPublicKeyInfo in DER of a private key in PEM. */
export function publicKeyOf(key: string): Uint8Array {
  return createPublicKey(createPrivateKey(key)).export({ format: 'der', type: 'spki' });
}

/** Completes the candidate with what was issued for its key; it survives a power cut from here on. */
export async function keepCandidate({ current, candidate }: IdentityFolder, dataDir: string, { about, certificateChain, trustBundle }: Checked, enrolledAt: Date): Promise<void> {
  await writing(candidate, async () => {
    await loadOrCreateScrubKey(dataDir);
    await copyFile(join(current, files.scrubKey), join(candidate, files.scrubKey));
    await writePrivateFile(join(candidate, files.certificate), certificateChain);
    await writePrivateFile(join(candidate, files.trust), trustBundle);
    await writePrivateFile(join(candidate, files.about), `${JSON.stringify({ schema: 'dd0c.identity/v1', ...about, enrolledAt }, null, 2)}\n`);
    await syncFolder(dataDir);
  });
}

/** Names what the file system refused. */
export async function writing<T>(folder: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (cause instanceof Fault || !(cause instanceof Error && 'code' in cause)) throw cause;
    throw new Fault('identity-unwritable', { folder, reason: String(cause.code) }, { cause });
  }
}

function isUsable(pem: string): boolean {
  try {
    return isP256Key(publicKeyOf(pem));
  } catch {
    return false;
  }
}
