import type { Tx } from '../store/database.ts';
import type { SystemTx } from '../store/tenant-tx.ts';

/** The authority as the database has it. */
export interface AuthorityRow {
  /** One more with each change. */
  readonly version: number;
  readonly sealed: Uint8Array;
}

/** The one row of `authority`. */
export function authorityRow(tx: SystemTx) {
  return { read, readNewer, lock, insert, replace };

  async function read(): Promise<AuthorityRow | null> {
    return await one('select version, sealed from authority', []);
  }

  /** Null where this version is the newest. */
  async function readNewer(version: number): Promise<AuthorityRow | null> {
    return await one('select version, sealed from authority where version <> $1', [version]);
  }

  /** The row, which nobody else changes until the transaction ends. */
  async function lock(): Promise<AuthorityRow | null> {
    return await one('select version, sealed from authority for update', []);
  }

  /** False where somebody else was first. */
  async function insert({ version, sealed }: AuthorityRow, now: Date): Promise<boolean> {
    return (await one('insert into authority (id, version, sealed, changed_at) values (1, $1, $2, $3) on conflict do nothing returning version, sealed', [version, sealed, now])) !== null;
  }

  async function replace({ version, sealed }: AuthorityRow, now: Date): Promise<void> {
    await tx.query('update authority set version = $1, sealed = $2, changed_at = $3', [version, sealed, now]);
  }

  async function one(...query: Parameters<Tx['query']>): Promise<AuthorityRow | null> {
    const { rows } = await tx.query<AuthorityRow>(...query);
    return rows[0] ?? null;
  }
}
