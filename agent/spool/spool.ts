import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Fact, FactBody } from '#proto/domain/fact.ts';
import type { FaultCode } from '#proto/domain/faults.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';
import { type FactRow, readFact, writeFact } from './fact-row.ts';
import { openFile, setAside, setAsideIn } from './spool-file.ts';
import { asSpoolFault, meansCorrupt } from './sqlite-fault.ts';

/** 256 MiB, a few hundred thousand findings. */
export const defaultSpoolBytes = 256 * 1024 * 1024;

/**
 * The agent's disk queue. A fact is in it once `append` returns, outlives the death of the process at any point, and
 * leaves only by `acknowledge`. Numbers count from 1 without gaps and are never used twice under one id.
 */
export interface Spool {
  /** A UUID; a lost or corrupt file begins a new one. */
  readonly id: string;
  /** The last number ever given, 0 for none. */
  readonly lastSeq: number;
  readonly ackedSeq: number;
  /**
   * Adds all or nothing and answers the last number.
   * @throws Fault `spool-full` where the bound would be passed, `spool-unwritable` where the disk refuses
   */
  append(bodies: readonly Scrubbed<FactBody>[]): number;
  /** The facts behind `afterSeq`, in order, up to `maxBytes` but at least one where there is one. */
  read(afterSeq: number, maxBytes: number): readonly Scrubbed<Fact>[];
  /** Forgets everything up to and including `throughSeq`. */
  acknowledge(throughSeq: number): void;
  /**
   * Takes a new id and numbers what is left from 1: where this file, or the control plane's database, was put back to
   * an older copy, and the numbers mean different things on both sides.
   */
  beginAnew(): void;
  /** What is wrong: it refused what came last, or one that could not be read lies beside it. */
  alerts(): readonly FaultCode[];
  pending(): { readonly facts: number; readonly bytes: number };
  /** Calls back after each append; answers how to stop that. */
  onAppend(listener: () => void): () => void;
  close(): void;
}

export interface SpoolOptions {
  /** The agent's data folder; the spool takes the folder `spool` in it. */
  readonly dir: string;
  /** Bound on what waits, in bytes of its facts. */
  readonly maxBytes: number;
  readonly newId: () => string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Told when a corrupt file was set aside. */
  readonly warn: (fault: Fault) => void;
}

/** @throws Fault `data-locked` where another process holds the spool */
export function openSpool({ dir, maxBytes, newId, clock, warn }: SpoolOptions): Spool {
  const folder = join(dir, 'spool');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const db = openSound(join(folder, 'spool.db'), { newId, clock, warn });
  const hasSetAside = setAsideIn(folder).length > 0; // also by a process before this one: it may not have lived to tell
  const at = statements(db);
  let refused: FaultCode | null = null;
  const listeners = new Set<() => void>();
  let { id, lastSeq, ackedSeq } = readHead(db);
  let pending = measure(at.sizeThrough.get(lastSeq));

  return {
    get id() {
      return id;
    },
    get lastSeq() {
      return lastSeq;
    },
    get ackedSeq() {
      return ackedSeq;
    },
    append,
    read,
    acknowledge,
    beginAnew,
    pending: () => pending,
    alerts: () => [...(refused === null ? [] : [refused]), ...(hasSetAside ? (['spool-corrupt'] as const) : [])],
    onAppend(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => db.close(),
  };

  function append(bodies: readonly Scrubbed<FactBody>[]): number {
    const rows = bodies.map((body) => writeFact(body));
    const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
    try {
      if (pending.bytes + bytes > maxBytes) throw new Fault('spool-full', { maxBytes, waitingBytes: pending.bytes, newBytes: bytes });
      write(rows);
      refused = null;
    } catch (error) {
      refused = asSpoolFault(error).code;
      throw error;
    }
    lastSeq += rows.length;
    pending = { facts: pending.facts + rows.length, bytes: pending.bytes + bytes };
    for (const listener of listeners) listener();
    return lastSeq;
  }

  function write(rows: readonly FactRow[]): void {
    const first = lastSeq + 1;
    transaction(db, () => {
      for (const [index, row] of rows.entries()) at.insert.run(first + index, row.head, row.data, row.bytes);
      at.setLast.run(lastSeq + rows.length);
    });
  }

  function read(afterSeq: number, limit: number): readonly Scrubbed<Fact>[] {
    const facts: Scrubbed<Fact>[] = [];
    let bytes = 0;
    try {
      for (const row of at.after.iterate(afterSeq)) {
        const next = readFact(row);
        bytes += next.bytes;
        if (facts.length > 0 && bytes > limit) break;
        facts.push(next.fact);
      }
    } catch (error) {
      throw asSpoolFault(error);
    }
    return facts;
  }

  function acknowledge(throughSeq: number): void {
    if (throughSeq <= ackedSeq || throughSeq > lastSeq) return;
    const gone = measure(at.sizeThrough.get(throughSeq));
    transaction(db, () => {
      at.forget.run(throughSeq);
      at.setAcked.run(throughSeq);
    });
    ackedSeq = throughSeq;
    pending = { facts: pending.facts - gone.facts, bytes: pending.bytes - gone.bytes };
  }

  function beginAnew(): void {
    const next = { id: newId(), lastSeq: pending.facts };
    transaction(db, () => {
      db.prepare('update fact set seq = -seq').run(); // twice, so that no number is taken while others still hold it
      db.prepare('update fact set seq = -seq - ?').run(lastSeq - pending.facts);
      db.prepare('update spool set id = ?, last_seq = ?, acked_seq = 0').run(next.id, next.lastSeq);
    });
    ({ id, lastSeq } = next);
    ackedSeq = 0;
  }
}

function openSound(path: string, { newId, clock, warn }: Pick<SpoolOptions, 'newId' | 'clock' | 'warn'>): DatabaseSync {
  try {
    return openFile(path, newId);
  } catch (error) {
    if (!meansCorrupt(error)) throw asSpoolFault(error);
    warn(new Fault('spool-corrupt', { setAside: setAside(path, clock()) }, { cause: error }));
    return openFile(path, newId);
  }
}

function statements(db: DatabaseSync) {
  return {
    insert: db.prepare('insert into fact (seq, head, data, bytes) values (?, ?, ?, ?)'),
    after: db.prepare('select seq, head, data, bytes from fact where seq > ? order by seq'),
    sizeThrough: db.prepare('select count(*) as facts, coalesce(sum(bytes), 0) as bytes from fact where seq <= ?'),
    forget: db.prepare('delete from fact where seq <= ?'),
    setLast: db.prepare('update spool set last_seq = ?'),
    setAcked: db.prepare('update spool set acked_seq = ?'),
  };
}

function readHead(db: DatabaseSync): { id: string; lastSeq: number; ackedSeq: number } {
  const row = db.prepare('select id, last_seq, acked_seq from spool').get();
  return { id: String(row?.['id']), lastSeq: Number(row?.['last_seq']), ackedSeq: Number(row?.['acked_seq']) };
}

function measure(row: Record<string, SQLOutputValue> | undefined): { facts: number; bytes: number } {
  return { facts: Number(row?.['facts']), bytes: Number(row?.['bytes']) };
}

function transaction(db: DatabaseSync, work: () => void): void {
  try {
    db.exec('begin immediate');
    work();
    db.exec('commit');
  } catch (error) {
    if (db.isTransaction) db.exec('rollback');
    throw asSpoolFault(error);
  }
}
