import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivateFile } from '#ca/keys/private-file.ts';
import { fingerprintOfTrust } from '#ca/x509/fingerprint.ts';
import { toPem } from '#ca/x509/pem.ts';
import { writing } from './candidate.ts';
import { files, isComplete, openFolder } from './folder.ts';

/** Puts the roots (DER) in the place of those that the identity trusts; the ones before are kept beside. Answers their fingerprint. */
export async function keepTrust(dataDir: string, roots: readonly Uint8Array[]): Promise<string> {
  const { current, candidate } = openFolder(dataDir);
  const text = toPem(roots);
  await writing(current, async () => {
    for (const folder of isComplete(candidate) ? [current, candidate] : [current]) {
      await copyFile(join(folder, files.trust), join(folder, files.previousTrust));
      await writePrivateFile(join(folder, files.trust), text);
    }
  });
  return fingerprintOfTrust(roots);
}
