import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { makePrivateFolder, readPrivateFile, writePrivateFile } from '#ca/keys/private-file.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { TrailSigner } from './audit/trail.ts';

/**
 * Opens the key that signs the heads of the audit trail, or makes one. It is no key of the authority: who can issue
 * certificates cannot rewrite the past, and the other way round.
 * @throws Fault `key-exposed`, `audit-key-unusable`
 */
export async function openTrailSigner(data: string, name: string): Promise<TrailSigner> {
  const folder = join(data, 'audit');
  const file = join(folder, 'checkpoint.key');
  const pem = await readPrivateFile(file);
  if (pem !== null) return { name, key: parse(pem, file) };
  const { privateKey } = generateKeyPairSync('ed25519');
  await makePrivateFolder(folder);
  await writePrivateFile(file, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  return { name, key: privateKey };
}

function parse(pem: string, file: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw new Fault('audit-key-unusable', { file, reason: 'not a private key in PEM' }, { cause });
  }
  throw new Fault('audit-key-unusable', { file, reason: 'the key is not Ed25519' });
}
