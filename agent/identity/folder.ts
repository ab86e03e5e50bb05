import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where an agent keeps its identity. Enrolment and renewal fill the candidate; enrolment puts it in the place of the current
 * one at once, renewal only when the server has welcomed it. The one before is kept until then.
 */
export interface IdentityFolder {
  readonly current: string;
  readonly previous: string;
  /** Holds the key while an identity is being asked for, so that a lost answer can be asked for again with the same key. */
  readonly candidate: string;
}

export const files = {
  key: 'key.pem',
  certificate: 'certificate.pem',
  trust: 'trust.pem',
  /** The roots before the last change, for people. */
  previousTrust: 'trust.previous.pem',
  scrubKey: 'scrub.key',
  /** With it the agent may ask to come back after its certificate ran out. */
  recoveryKey: 'recovery.pem',
  /** Written last: a folder that has it is complete. */
  about: 'identity.json',
} as const;

/** The folders of a data folder, after finishing a replacement that was cut off between its two renames. */
export function openFolder(dataDir: string): IdentityFolder {
  const folder = { current: join(dataDir, 'identity'), previous: join(dataDir, 'identity.previous'), candidate: join(dataDir, 'identity.next') };
  if (!existsSync(folder.current) && isComplete(folder.candidate)) replace(folder);
  return folder;
}

export function isComplete(folder: string): boolean {
  return existsSync(join(folder, files.about));
}

/** Puts a complete candidate in the place of the current identity, which becomes the previous one. */
export function replace({ current, previous, candidate }: IdentityFolder): void {
  if (existsSync(current)) {
    rmSync(previous, { recursive: true, force: true });
    renameSync(current, previous);
  }
  renameSync(candidate, current);
}
