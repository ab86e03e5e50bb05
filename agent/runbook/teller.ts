import type { FactBody } from '#proto/domain/fact.ts';
import { asFault } from '#proto/domain/fault.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';
import type { StepResult } from '#proto/domain/step-result.ts';
import { scrubResult, stepEnd } from '../scrub/step-facts.ts';
import type { Scrubber } from '../scrub/scrubber.ts';
import type { Journal, JournalEntry, TellingPlace } from './journal/journal.ts';
import type { StepLog } from './log.ts';
import { isGood } from './result.ts';

/** Where facts wait for the control plane, on disk. */
export interface Outbox {
  /** Where the next fact will lie. */
  next(): TellingPlace;
  /** Whether the control plane has confirmed what lies there. */
  isConfirmed(place: TellingPlace): boolean;
  /** Whether something was put there. */
  holds(place: TellingPlace): boolean;
  /** @throws Fault `spool-full`, `spool-unwritable` */
  append(facts: readonly Scrubbed<FactBody>[]): void;
}

/** Says how orders ended: into the journal first, then into the outbox, once. */
export interface Teller {
  end(id: string, result: StepResult, atMs: number): void;
  /** What ended and found no room, or was cut off by a crash, is told now. */
  catchUp(atMs: number): void;
  /** The control plane asks again for what it has confirmed already: perhaps it lost it. */
  again(entry: JournalEntry, atMs: number): void;
}

/** A result that was confirmed is told again at most so often. */
const againAfterMs = 60_000;

export function createTeller({ journal, outbox, scrubber, log }: { readonly journal: Journal; readonly outbox: Outbox; readonly scrubber: Pick<Scrubber, 'text'>; readonly log: StepLog }): Teller {
  return { end, catchUp, again };

  function end(id: string, result: StepResult, atMs: number): void {
    const bytes = scrubResult(result, scrubber);
    journal.end(id, { result: bytes, atMs, isGood: isGood(result.ending) }, outbox.next());
    put(id, bytes);
  }

  function catchUp(atMs: number): void {
    for (const { id, result, telling } of journal.untold()) {
      if (result === null) continue;
      // The place was written before the fact was put there, and nothing else can have taken it.
      if (telling !== null && outbox.holds(telling)) journal.told(id);
      else retell(id, result, atMs);
    }
  }

  function again({ id, result, telling }: JournalEntry, atMs: number): void {
    if (result === null || telling === null || !telling.isDone) return;
    if (atMs - telling.atMs >= againAfterMs && outbox.isConfirmed(telling)) retell(id, result, atMs);
  }

  function retell(id: string, result: Uint8Array, atMs: number): void {
    journal.tell(id, outbox.next(), atMs);
    put(id, result as Scrubbed<Uint8Array>); // only what was scrubbed is in the journal
  }

  function put(id: string, result: Scrubbed<Uint8Array>): void {
    try {
      outbox.append([stepEnd(id, result)]);
      journal.told(id);
    } catch (error) {
      const { code, message, next } = asFault(error);
      log.warn({ order: id, code, reason: message, next }, 'result waits for room in the spool');
    }
  }
}
