import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Where an agent keeps its identity. Enrolment fills the candidate and then puts it in the place of the current one. */
export interface IdentityFolder {
  readonly current: string;
  /** Holds the key while an enrolment is under way, so that a lost answer can be asked for again with the same key. */
  readonly candidate: string;
}

export const files = {
  key: 'key.pem',
  certificate: 'certificate.pem',
  trust: 'trust.pem',
  scrubKey: 'scrub.key',
  /** Written last: a folder that has it is complete. */
  about: 'identity.json',
} as const;

/** The folders of a data folder, after finishing a replacement that was cut off between its two renames. */
export function openFolder(dataDir: string): IdentityFolder {
  const folder = { current: join(dataDir, 'identity'), candidate: join(dataDir, 'identity.next') };
  if (!existsSync(folder.current) && existsSync(join(folder.candidate, files.about))) replace(folder, dataDir);
  return folder;
}

/** Puts a complete candidate in the place of the current identity. */
export function replace({ current, candidate }: IdentityFolder, dataDir: string): void {
  const previous = join(dataDir, 'identity.previous');
  if (existsSync(current)) {
    rmSync(previous, { recursive: true, force: true });
    renameSync(current, previous);
  }
  renameSync(candidate, current);
  rmSync(previous, { recursive: true, force: true });
}
