import { join } from 'node:path';
import type { Logger } from 'pino';
import type { AuthorityDocument } from '#ca/document.ts';
import { foundAuthority } from '#ca/found.ts';
import { createSeal, type Seal } from '#ca/keys/seal.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { Database } from '../store/database.ts';
import { asSystem } from '../store/tenant-tx.ts';
import { readFiles, removeFiles } from './adopt-files.ts';
import { authorityRow } from './authority-row.ts';
import { type AuthorityKeeper, keepAuthority, sealDocument } from './keeper.ts';
import { makeSealKey, readSealKey, sealKeyFile } from './seal-key.ts';

export interface OpenOptions {
  readonly db: Database;
  /** The data folder. */
  readonly data: string;
  /** Of the key that seals the authority; null for the one in the data folder. */
  readonly sealKey: string | null;
  readonly clock: () => number;
  readonly random: (count: number) => Buffer;
  readonly log: Pick<Logger, 'info' | 'error'>;
}

/**
 * Opens the authority that all replicas on this database share; the first of them makes it, with a trust domain like no
 * other's, or takes it over from the files of an earlier version.
 * @throws Fault `seal-key-missing`, `seal-key-unusable`, `seal-broken`, `key-exposed`, `authority-unreadable`,
 *   `authority-key-missing`
 */
export async function openSharedAuthority({ db, data, sealKey, clock, random, log }: OpenOptions): Promise<AuthorityKeeper> {
  const folder = join(data, 'ca');
  const file = sealKeyFile(data, sealKey);
  const parts = { db, clock, random, log };

  const existing = await read();
  if (existing !== null) return await keepAuthority(existing, { ...parts, seal: await openSeal({ data, sealKey, random }) });

  const adopted = await readFiles(folder);
  const document: AuthorityDocument = adopted ?? (await foundAuthority(`dd0c-${random(8).toString('hex')}`, { nowMs: clock(), randomBytes: random }));
  const seal = createSeal(await makeSealKey(file), random);
  const keeper = await keepAuthority(sealDocument(seal, document, 1), { ...parts, seal }); // only what opens is kept
  const isFirst = await asSystem(db, (tx) => authorityRow(tx).insert(sealDocument(seal, document, 1), new Date(clock())));
  if (isFirst) {
    if (adopted !== null) await removeFiles(folder);
    return keeper;
  }
  const other = await read(); // another replica started at the same moment
  if (other === null) throw new Fault('authority-unreadable', { reason: 'it is gone from the database' });
  return await keepAuthority(other, { ...parts, seal });

  function read() {
    return asSystem(db, (tx) => authorityRow(tx).read());
  }
}

/**
 * What the keys of the installation are sealed with in the database.
 * @throws Fault `seal-key-missing`, `seal-key-unusable`, `key-exposed`
 */
export async function openSeal({ data, sealKey, random }: Pick<OpenOptions, 'data' | 'sealKey' | 'random'>): Promise<Seal> {
  const file = sealKeyFile(data, sealKey);
  const key = await readSealKey(file);
  if (key === null) throw new Fault('seal-key-missing', { file: file.path });
  return createSeal(key, random);
}
