import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { open } from 'node:fs/promises';
import { type ApproverKey, readApproverKey } from '#proto/domain/approver-key.ts';
import { Fault } from '#proto/domain/fault.ts';

/** The whole of an approver's key; the private half never leaves this process. */
export interface ApproverKeyPair extends ApproverKey {
  readonly privateKey: KeyObject;
}

/**
 * Reads the private half that `makeApproverKey` wrote.
 * @throws Fault `approver-key-unreadable`, `key-exposed` where others may read it too
 */
export async function readApproverKeyFile(file: string): Promise<ApproverKeyPair> {
  const pem = await readOwnFile(file);
  try {
    const privateKey = createPrivateKey(pem);
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new Fault('approver-key-unreadable', { file, reason: 'it is not an Ed25519 key' });
    return { ...readApproverKey(publicPem(privateKey)), privateKey };
  } catch (error) {
    throw error instanceof Fault ? error : new Fault('approver-key-unreadable', { file, reason: 'it is not a private key in PEM' });
  }
}

/**
 * Makes a key and writes its private half to a new file for this user alone.
 * @throws Fault `approver-key-unreadable` where the file is there already or cannot be written
 */
export async function makeApproverKey(file: string): Promise<ApproverKey> {
  const { privateKey } = generateKeyPairSync('ed25519');
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(privateKey.export({ format: 'pem', type: 'pkcs8' }));
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new Fault('approver-key-unreadable', { file, reason: error instanceof Error && 'code' in error ? String(error.code) : 'it could not be written' }, { cause: error });
  }
  return readApproverKey(publicPem(privateKey));
}

/** The rights are looked at on the file that is read, not on whatever has its name a moment later. */
async function readOwnFile(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const { mode } = await handle.stat();
      if ((mode & 0o077) !== 0 && process.platform !== 'win32') throw new Fault('key-exposed', { file, mode: (mode & 0o777).toString(8) });
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof Fault ? error : new Fault('approver-key-unreadable', { file, reason: error instanceof Error && 'code' in error ? String(error.code) : undefined }, { cause: error });
  }
}

function publicPem(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({ format: 'pem', type: 'spki' });
}
