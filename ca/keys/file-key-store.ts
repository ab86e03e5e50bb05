import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import { ecdsaP256, isP256Key, type KeyPair, toKeyPair } from '../x509/p256.ts';
import type { KeyName, KeyStore } from './key-store.ts';
import { makePrivateFolder, readPrivateFile, writePrivateFile } from './private-file.ts';

/** Keys as PKCS #8 in PEM, one file each, for this user alone. The caller holds the folder for one process. */
export function fileKeyStore(folder: string): KeyStore {
  return { crypto, open, create };

  async function open(name: KeyName): Promise<KeyPair | null> {
    const file = fileOf(name);
    const pem = await readPrivateFile(file);
    return pem === null ? null : await toKeyPair(parse(pem, file));
  }

  async function create(name: KeyName): Promise<KeyPair> {
    const existing = await open(name);
    if (existing !== null) return existing;
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: ecdsaP256.namedCurve });
    await makePrivateFolder(folder);
    await writePrivateFile(fileOf(name), privateKey.export({ format: 'pem', type: 'pkcs8' }));
    return await toKeyPair(privateKey);
  }

  function fileOf(name: KeyName): string {
    return join(folder, `${name}.key`);
  }
}

function parse(pem: string, file: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (isP256Key(createPublicKey(key).export({ format: 'der', type: 'spki' }))) return key;
  } catch (cause) {
    throw new Fault('authority-unreadable', { file, reason: 'not a private key in PEM' }, { cause });
  }
  throw new Fault('authority-unreadable', { file, reason: 'the key is not P-256' });
}
