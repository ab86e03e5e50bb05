import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readPrivateFile } from '#ca/keys/private-file.ts';
import type { Seal } from '#ca/keys/seal.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { TrailSigner } from './audit/trail.ts';
import type { Database } from './store/database.ts';
import { asSystem, type SystemTx } from './store/tenant-tx.ts';

export interface TrailSignerOptions {
  readonly db: Database;
  /** The data folder, where earlier versions kept the key in a file. */
  readonly data: string;
  /** Under which the logs are known. */
  readonly name: string;
  readonly seal: Seal;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: { warn(fields: object, message: string): void };
}

const label = 'dd0c.trail-signer/v1';

/**
 * Opens the key that signs the heads of the audit trail, which all replicas on this database share; the first of them makes
 * it, or takes it over from the file of an earlier version. It is no key of the authority and is never one of a certificate.
 * @throws Fault `seal-broken`, `key-exposed`, `audit-key-unusable`
 */
export async function openTrailSigner({ db, data, name, seal, clock, log }: TrailSignerOptions): Promise<TrailSigner> {
  const file = join(data, 'audit', 'checkpoint.key');
  const ofFile = await readKey(file);
  const mine = ofFile ?? generateKeyPairSync('ed25519').privateKey;
  const key = await asSystem(db, async (tx) => {
    const kept = await readSealed(tx);
    if (kept !== null) return openKey(kept);
    const sealed = seal.close(mine.export({ format: 'der', type: 'pkcs8' }), label);
    await tx.query('insert into trail_signer (id, sealed, created_at) values (1, $1, $2) on conflict do nothing', [sealed, new Date(clock())]);
    return openKey((await readSealed(tx)) ?? sealed); // another replica may have been first
  });
  if (ofFile?.equals(key) === true) await rm(file); // a key that lies about in clear is one too many
  else if (ofFile !== null) log.warn({ file }, 'the heads of the audit trail are signed with the key in the database; that in the file signed older ones and is used no more');
  return { name, key };

  function openKey(sealed: Uint8Array): KeyObject {
    return createPrivateKey({ key: Buffer.from(seal.open(sealed, label)), format: 'der', type: 'pkcs8' });
  }
}

async function readSealed(tx: SystemTx): Promise<Uint8Array | null> {
  const { rows } = await tx.query<{ sealed: Uint8Array }>('select sealed from trail_signer', []);
  return rows[0]?.sealed ?? null;
}

async function readKey(file: string): Promise<KeyObject | null> {
  const pem = await readPrivateFile(file);
  if (pem === null) return null;
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw new Fault('audit-key-unusable', { file, reason: 'not a private key in PEM' }, { cause });
  }
  throw new Fault('audit-key-unusable', { file, reason: 'the key is not Ed25519' });
}
