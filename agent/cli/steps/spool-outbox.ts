import type { Outbox } from '../../runbook/teller.ts';
import type { Spool } from '../../spool/spool.ts';

/** The spool as those who run steps see it. */
export function spoolOutbox(spool: Pick<Spool, 'id' | 'lastSeq' | 'ackedSeq' | 'append'>): Outbox {
  return {
    next: () => ({ spool: spool.id, seq: spool.lastSeq + 1 }),
    isConfirmed: (place) => place.spool !== spool.id || place.seq <= spool.ackedSeq,
    holds: (place) => place.spool === spool.id && place.seq <= spool.lastSeq,
    append: (facts) => void spool.append(facts),
  };
}
