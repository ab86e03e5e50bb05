import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Fault } from '#proto/domain/fault.ts';

const layout = 1;

/**
 * Opens the file and checks all of it. One that is damaged is not set aside: with it would go what ran already and which
 * approvals are used up.
 * @throws Fault `journal-unusable`
 */
export function openJournalFile(dir: string): DatabaseSync {
  try {
    const folder = join(dir, 'journal');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const db = new DatabaseSync(join(folder, 'journal.db'));
    db.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
    create(db);
    const [verdict] = db.prepare('pragma quick_check(1)').all();
    if (verdict?.['quick_check'] !== 'ok') throw new Error(String(verdict?.['quick_check']));
    return db;
  } catch (error) {
    throw asJournalFault(error);
  }
}

export function asJournalFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  return new Fault('journal-unusable', { reason: error instanceof Error ? error.message : 'unknown' }, { cause: error });
}

function create(db: DatabaseSync): void {
  const version = Number(db.prepare('pragma user_version').get()?.['user_version']);
  if (version === layout) return;
  if (version !== 0) throw new Error(`it was written by another version (layout ${version})`);
  db.exec(`
    begin exclusive;
    create table step_order (
      id text primary key,
      hash text not null, -- over envelope and approvals, to tell another order under the same id
      state text not null check (state in ('received', 'started', 'ended')),
      delivery text, -- until it has ended
      cancelled integer not null default 0,
      received_at integer not null,
      started_at integer,
      ended_at integer,
      result blob,
      good integer, -- whether a further attempt would be one too many: 1 it succeeded, 0 it is known to have failed
      told_spool text,
      told_seq integer,
      told_at integer,
      told integer not null default 0
    ) strict;
    create index step_order_open on step_order (state) where state <> 'ended';
    create index step_order_untold on step_order (ended_at) where state = 'ended' and told = 0;
    create table nonce (
      nonce text not null,
      attempt integer not null,
      order_id text not null,
      until integer not null,
      primary key (nonce, attempt)
    ) strict;
    create index nonce_order on nonce (order_id);
    create table cancelled (order_id text primary key, at integer not null) strict;
    create table forgotten (until integer not null) strict; -- nonces that ran out up to then are gone
    insert into forgotten values (0);
    pragma user_version = ${layout};
    commit;
  `);
}
