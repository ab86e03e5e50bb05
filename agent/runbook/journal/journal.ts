import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import type { StepOrderDelivery } from '#proto/domain/order.ts';
import { hashDelivery, readDelivery, writeDelivery } from './delivery-text.ts';
import { asJournalFault, openJournalFile } from './journal-file.ts';
import { next, type OrderEvent, type OrderState } from './standing.ts';

/** Where a result lies, or is about to lie, in the spool. */
export interface TellingPlace {
  readonly spool: string;
  readonly seq: number;
}

/** An order as the journal knows it. */
export interface JournalEntry {
  readonly id: string;
  readonly hash: string;
  readonly state: OrderState;
  /** Gone once it has ended. */
  readonly delivery: StepOrderDelivery | null;
  readonly isCancelled: boolean;
  /** The bytes of its result, once it has ended. */
  readonly result: Uint8Array | null;
  /** Where its result was, or was to be, put last; null while it has none. */
  readonly telling: (TellingPlace & { readonly atMs: number; readonly isDone: boolean }) | null;
}

/** Whether an approval is still to be used for this attempt. */
export type Claim = 'claimed' | 'used' | 'forgotten' | 'out-of-turn';

export interface NonceClaim {
  readonly nonce: string;
  readonly attempt: number;
  /** The last moment at which the order could be begun, allowances for clocks included. */
  readonly lastMomentMs: number;
  /** The last moment at which any order under the same approvals could be. */
  readonly rememberUntilMs: number;
}

export interface Ending {
  readonly result: Uint8Array;
  readonly atMs: number;
  /** True where it did what it should, false where it is known to have failed and may be tried again, null where neither is known. */
  readonly isGood: boolean | null;
}

/**
 * What this agent was asked to do and how far it came, on disk before anything follows from it. It outlives the death of the
 * process at any point; what `claim` and `told` wrote outlives a cut of power from the next other write on, and before that
 * nothing has followed from it: `begin` comes before the process, and the spool itself knows what it holds.
 */
export interface Journal {
  /** Keeps an order that was not known, and answers what is known of it. */
  receive(delivery: StepOrderDelivery, atMs: number): JournalEntry;
  /** Takes an approval for one attempt; the order that has it may ask again. */
  claim(id: string, claim: NonceClaim): Claim;
  /** Before the process is started. */
  begin(id: string, atMs: number): void;
  /** The result, and where in the spool it will be told. */
  end(id: string, ending: Ending, place: TellingPlace): void;
  /** Before a result that has a place is put into another. */
  tell(id: string, place: TellingPlace, atMs: number): void;
  /** After the spool has it. */
  told(id: string): void;
  /** Also of an order that has not come yet. */
  cancel(id: string, atMs: number): void;
  find(id: string): JournalEntry | null;
  /** What has not ended, oldest first. */
  open(): readonly JournalEntry[];
  /** What has ended and may not be in the spool. */
  untold(): readonly JournalEntry[];
  /** Forgets what no later order could ask for. */
  prune(nowMs: number): void;
  close(): void;
}

/** An ended order is answered from the journal for so long: 7 days. */
const keepMs = 7 * 24 * 3_600_000;
/** More ended orders, and cancels of orders that never came, than this are not kept: only a flood makes so many. */
const keepAtMost = 10_000;

/** @throws Fault `journal-unusable` */
export function openJournal(dir: string): Journal {
  const db = openJournalFile(dir);
  return {
    receive: (delivery, atMs) => within(db, () => receive(db, delivery, atMs)),
    claim: (id, claim) => lightly(db, () => take(db, id, claim)),
    begin: (id, atMs) =>
      within(db, () => {
        advance(db, id, 'begin');
        db.prepare('update step_order set started_at = ? where id = ?').run(atMs, id);
      }),
    end: (id, { result, atMs, isGood }, { spool, seq }) =>
      within(db, () => {
        advance(db, id, 'end');
        db.prepare('update step_order set ended_at = ?, result = ?, good = ?, delivery = null, told_spool = ?, told_seq = ?, told_at = ? where id = ?').run(atMs, result, isGood === null ? null : Number(isGood), spool, seq, atMs, id);
      }),
    tell: (id, { spool, seq }, atMs) => within(db, () => void db.prepare('update step_order set told_spool = ?, told_seq = ?, told_at = ?, told = 0 where id = ?').run(spool, seq, atMs, id)),
    told: (id) => lightly(db, () => void db.prepare('update step_order set told = 1 where id = ?').run(id)),
    cancel: (id, atMs) =>
      within(db, () => {
        const { changes } = db.prepare('update step_order set cancelled = 1 where id = ?').run(id);
        if (changes === 0) db.prepare('insert or ignore into cancelled values (?, ?)').run(id, atMs);
      }),
    find: (id) => find(db, id),
    open: () => db.prepare(`select * from step_order where state <> 'ended' order by received_at, rowid`).all().map(toEntry),
    untold: () => db.prepare(`select * from step_order where state = 'ended' and told = 0 order by ended_at, rowid`).all().map(toEntry),
    prune: (nowMs) => within(db, () => prune(db, nowMs)),
    close: () => db.close(),
  };
}

function receive(db: DatabaseSync, delivery: StepOrderDelivery, atMs: number): JournalEntry {
  const known = find(db, delivery.id);
  if (known !== null) return known;
  const { changes } = db.prepare('delete from cancelled where order_id = ?').run(delivery.id);
  db.prepare(`insert into step_order (id, hash, state, delivery, cancelled, received_at) values (?, ?, 'received', ?, ?, ?)`).run(delivery.id, hashDelivery(delivery), writeDelivery(delivery), Number(changes), atMs);
  const entry = find(db, delivery.id);
  if (entry === null) throw new Fault('journal-unusable', { reason: 'what was written is not there' });
  return entry;
}

function take(db: DatabaseSync, id: string, { nonce, attempt, lastMomentMs, rememberUntilMs }: NonceClaim): Claim {
  const taken = db.prepare('select order_id from nonce where nonce = ? and attempt = ?').get(nonce, attempt);
  if (taken !== undefined) return taken['order_id'] === id ? 'claimed' : 'used';
  const forgotten = Number(db.prepare('select until from forgotten').get()?.['until']);
  if (lastMomentMs <= forgotten) return 'forgotten'; // the clock went back behind what was pruned
  if (attempt > 1 && !hasFailed(db, nonce, attempt - 1)) return 'out-of-turn';
  db.prepare('insert into nonce values (?, ?, ?, ?)').run(nonce, attempt, id, rememberUntilMs);
  return 'claimed';
}

/** Only where an attempt was seen to fail is the next one no blind retry. */
function hasFailed(db: DatabaseSync, nonce: string, attempt: number): boolean {
  return db.prepare('select o.good from nonce n join step_order o on o.id = n.order_id where n.nonce = ? and n.attempt = ?').get(nonce, attempt)?.['good'] === 0;
}

function advance(db: DatabaseSync, id: string, event: OrderEvent): void {
  const before = find(db, id)?.state;
  const after = before === undefined ? null : next(before, event);
  if (after === null) throw new Fault('broken', { order: id, state: before, event });
  db.prepare('update step_order set state = ? where id = ?').run(after, id);
}

function prune(db: DatabaseSync, nowMs: number): void {
  const { until } = db.prepare('select max(until) as until from nonce where until < ?').get(nowMs) ?? {};
  if (typeof until === 'number') {
    db.prepare('update forgotten set until = max(until, ?)').run(until);
    db.prepare('delete from nonce where until < ?').run(nowMs);
  }
  const isFree = 'not exists (select 1 from nonce where order_id = step_order.id)';
  db.prepare(`delete from step_order where state = 'ended' and told = 1 and ended_at < ? and ${isFree}`).run(nowMs - keepMs);
  db.prepare(`delete from step_order where state = 'ended' and told = 1 and ${isFree} and id not in (select id from step_order where state = 'ended' order by ended_at desc limit ?)`).run(keepAtMost);
  db.prepare('delete from cancelled where at < ? or order_id not in (select order_id from cancelled order by at desc limit ?)').run(nowMs - keepMs, keepAtMost);
}

function find(db: DatabaseSync, id: string): JournalEntry | null {
  const row = db.prepare('select * from step_order where id = ?').get(id);
  return row === undefined ? null : toEntry(row);
}

const Row = z.object({
  id: z.string(),
  hash: z.string(),
  state: z.enum(['received', 'started', 'ended']),
  delivery: z.string().nullable(),
  cancelled: z.number(),
  result: z.instanceof(Uint8Array).nullable(),
  told_spool: z.string().nullable(),
  told_seq: z.number().nullable(),
  told_at: z.number().nullable(),
  told: z.number(),
});

function toEntry(row: Record<string, SQLOutputValue>): JournalEntry {
  const { id, hash, state, delivery, cancelled, result, told_spool: spool, told_seq: seq, told_at: atMs, told } = Row.parse(row);
  const telling = spool === null || seq === null || atMs === null ? null : { spool, seq, atMs, isDone: told === 1 };
  return { id, hash, state, delivery: delivery === null ? null : readDelivery(id, delivery), isCancelled: cancelled === 1, result, telling };
}

/** Without waiting for the disk: the next write that does takes this one with it (https://sqlite.org/pragma.html#pragma_synchronous). */
function lightly<T>(db: DatabaseSync, work: () => T): T {
  db.exec('pragma synchronous = normal');
  try {
    return within(db, work);
  } finally {
    db.exec('pragma synchronous = full');
  }
}

function within<T>(db: DatabaseSync, work: () => T): T {
  try {
    db.exec('begin immediate');
    const done = work();
    db.exec('commit');
    return done;
  } catch (error) {
    if (db.isTransaction) db.exec('rollback');
    throw asJournalFault(error);
  }
}
