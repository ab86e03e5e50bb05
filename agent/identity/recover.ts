import { sign } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivateFile } from '#ca/keys/private-file.ts';
import { Fault } from '#proto/domain/fault.ts';
import { recoveryStatement } from '#proto/domain/recovery.ts';
import type { Dialler } from '../dial/dialler.ts';
import { askChallenge, askRecovery, type Successor } from './ask.ts';
import type { Identity } from './identity.ts';
import { parseServerAddress } from './server-address.ts';

/**
 * Asks the control plane for a certificate after the last one ran out. The recovery key signs who asks, for which new key,
 * and a number that the server gave just now; the server is verified under the roots that this agent trusts already.
 * @throws Fault as the server named it, or why it could not be asked; `certificate-expired` where there is no such key
 */
export async function recover(before: Identity, csr: Uint8Array, dialler: Dialler): Promise<Successor> {
  const { tenant, agent, serial, recoveryKey, enrolAddress, trustBundle } = before;
  if (recoveryKey === null || enrolAddress === null) throw new Fault('certificate-expired', { whose: 'agent', serial, notAfter: before.notAfter.toISOString(), reason: 'it was enrolled before there was a recovery key' });
  const peer = { server: parseServerAddress(enrolAddress), root: trustBundle, dialler };
  const claim = { tenant, agent, serial, csr, nonce: await askChallenge(peer) };
  return await askRecovery(peer, claim, sign('sha256', recoveryStatement(claim), recoveryKey));
}

/** Why the last try to recover failed. */
export const Trouble = z.object({ at: z.iso.datetime(), fault: z.string(), message: z.string(), next: z.string() });
export type Trouble = z.infer<typeof Trouble>;

/** What cannot be kept is not worth a second failure: the log has it too. */
export async function keepTrouble(dataDir: string, { code, message, next }: Fault, at: Date): Promise<void> {
  const trouble: Trouble = { at: at.toISOString(), fault: code, message, next };
  await writePrivateFile(fileIn(dataDir), `${JSON.stringify(trouble, null, 2)}\n`).catch(() => undefined);
}

export async function forgetTrouble(dataDir: string): Promise<void> {
  await rm(fileIn(dataDir), { force: true }).catch(() => undefined);
}

/** Null where there was no trouble, or none that can be read. */
export async function readTrouble(dataDir: string): Promise<Trouble | null> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => '');
  try {
    return Trouble.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'recovery.json');
}
