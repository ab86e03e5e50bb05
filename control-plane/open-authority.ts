import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Authority, openAuthority } from '#ca/authority.ts';
import { fileCertificateStore } from '#ca/certificate-store.ts';
import { fileKeyStore } from '#ca/keys/file-key-store.ts';

/** Opens the certificate authority in a data folder, or makes one; its trust domain is like no other's. */
export function openFileAuthority(data: string): Promise<Authority> {
  const folder = join(data, 'ca');
  return openAuthority({
    keys: fileKeyStore(folder),
    certificates: fileCertificateStore(folder),
    trustDomain: `dd0c-${randomBytes(8).toString('hex')}`,
    now: Date.now,
    randomBytes,
  });
}
