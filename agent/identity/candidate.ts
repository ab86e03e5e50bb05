import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateFolder, readPrivateFile, syncFolder, writePrivateFile } from '#ca/keys/private-file.ts';
import { isP256Key } from '#ca/x509/p256.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { Checked } from './check-answer.ts';
import { files, type IdentityFolder } from './folder.ts';
import type { Identity } from './identity.ts';
import { loadOrCreateScrubKey } from './scrub-key.ts';

/** The key of an identity that is being asked for: the one of an attempt that did not come to its end, or a new one. PEM. */
export async function candidateKey({ candidate }: IdentityFolder): Promise<string> {
  return await keptOrNew(candidate, files.key);
}

/** The same of the key with which a new identity may recover. */
export async function newRecoveryKey({ candidate }: IdentityFolder): Promise<string> {
  return await keptOrNew(candidate, files.recoveryKey);
}

async function keptOrNew(folder: string, name: string): Promise<string> {
  const file = join(folder, name);
  return await writing(folder, async () => {
    await makePrivateFolder(folder);
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

/** What a candidate keeps beside what was issued. */
export interface Kept extends Pick<Identity, 'enrolledAt' | 'enrolAddress' | 'recoveryKey'> {
  readonly dataDir: string;
}

/** Completes the candidate with what was issued for its key; it survives a power cut from here on. */
export async function keepCandidate({ current, candidate }: IdentityFolder, { about, certificateChain, trustBundle }: Checked, { dataDir, recoveryKey, enrolledAt, enrolAddress }: Kept): Promise<void> {
  await writing(candidate, async () => {
    await loadOrCreateScrubKey(dataDir);
    await copyFile(join(current, files.scrubKey), join(candidate, files.scrubKey));
    if (recoveryKey === null) await rm(join(candidate, files.recoveryKey), { force: true }); // of an attempt to enrol that was given up
    else await writePrivateFile(join(candidate, files.recoveryKey), recoveryKey);
    await writePrivateFile(join(candidate, files.certificate), certificateChain);
    await writePrivateFile(join(candidate, files.trust), trustBundle);
    await writePrivateFile(join(candidate, files.about), `${JSON.stringify({ schema: 'dd0c.identity/v1', ...about, enrolAddress, enrolledAt }, null, 2)}\n`);
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
