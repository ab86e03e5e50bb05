import { existsSync, readdirSync, renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Fault } from '#proto/domain/fault.ts';
import { readFact } from './fact-row.ts';

const layout = 1;

/**
 * Opens the file, makes what is missing and checks all of it.
 * The exclusive locking mode keeps a second process out and dies with this one, however it dies.
 * @throws what SQLite throws; Fault `spool-corrupt` where the file is sound and its content is not
 */
export function openFile(path: string, newId: () => string): DatabaseSync {
  const db = new DatabaseSync(path);
  try {
    db.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full');
    db.exec('begin exclusive');
    create(db, newId);
    check(db);
    db.exec('commit');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Renames a file that cannot be read, with what SQLite keeps beside it, and answers its new name. */
export function setAside(path: string, nowMs: number): string {
  const name = `${path}.corrupt-${new Date(nowMs).toISOString().replaceAll(':', '')}`;
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, name + suffix);
  }
  return name;
}

/** The names of files that were set aside in this folder, until somebody has looked and taken them away. */
export function setAsideIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => /^spool\.db\.corrupt-[^-]*-[^-]*-[^-]*$/.test(name)); // what SQLite keeps beside it has one part more
}

function create(db: DatabaseSync, newId: () => string): void {
  const version = Number(db.prepare('pragma user_version').get()?.['user_version']);
  if (version === layout) return;
  if (version !== 0) throw new Fault('spool-corrupt', { layout: version });
  db.exec(`
    create table spool (id text not null, last_seq integer not null, acked_seq integer not null) strict;
    create table fact (seq integer primary key, head text not null, data blob, bytes integer not null) strict;
    pragma user_version = ${layout};
  `);
  db.prepare('insert into spool values (?, 0, 0)').run(newId());
}

function check(db: DatabaseSync): void {
  const [verdict] = db.prepare('pragma quick_check(1)').all();
  if (verdict?.['quick_check'] !== 'ok') throw new Fault('spool-corrupt', { check: String(verdict?.['quick_check']) });

  const head = db.prepare('select last_seq, acked_seq, (select count(*) from spool) as heads from spool').get();
  let expected = Number(head?.['acked_seq']);
  for (const row of db.prepare('select seq, head, data, bytes from fact order by seq').iterate()) {
    expected += 1;
    if (readFact(row).fact.seq !== expected) throw new Fault('spool-corrupt', { missingSeq: expected });
  }
  if (head?.['heads'] !== 1 || expected !== head['last_seq']) throw new Fault('spool-corrupt', { missingSeq: expected + 1 });
}
