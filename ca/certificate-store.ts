import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyName } from './keys/key-store.ts';
import { isMissing, makePrivateFolder, writePrivateFile } from './keys/private-file.ts';

/** Where the certificates of the authority itself lie, in PEM. */
export interface CertificateStore {
  read(name: KeyName): Promise<string | null>;
  write(name: KeyName, pem: string): Promise<void>;
}

/** One file each. */
export function fileCertificateStore(folder: string): CertificateStore {
  return { read, write };

  async function read(name: KeyName): Promise<string | null> {
    try {
      return await readFile(join(folder, `${name}.pem`), 'utf8');
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async function write(name: KeyName, pem: string): Promise<void> {
    await makePrivateFolder(folder);
    await writePrivateFile(join(folder, `${name}.pem`), pem);
  }
}
