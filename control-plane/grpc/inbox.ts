import { factOverheadBytes, weigh } from '#proto/link/window.ts';
import type { InboundFact } from '../ingest/assemble.ts';

/**
 * Facts that came and are not committed yet. Whoever takes takes whole reports, many small ones at once, so that one
 * commit serves them all. A report that is still coming waits for its end, unless it grows beyond `keepBytes` and its
 * parts have to be kept elsewhere.
 */
export interface Inbox {
  /** Bytes that wait or are being committed. */
  readonly bytes: number;
  put(fact: InboundFact): void;
  /** What is ready, once there is something; null when it was closed and nothing is. */
  take(): Promise<readonly InboundFact[] | null>;
  /** What was taken is committed. */
  done(facts: readonly InboundFact[]): void;
  /** Nothing more will come. */
  close(): void;
}

/**
 * A commit grows no further than this by whole reports: beyond it a commit costs little beside its content, and rows
 * that are written twice in one transaction cost more than in two.
 */
const commitBytes = 256 * 1024;

interface Batch {
  readonly facts: InboundFact[];
  bytes: number;
}

export function createInbox(keepBytes: number): Inbox {
  const ready: Batch[] = [];
  let coming: Batch = { facts: [], bytes: 0 };
  let bytes = 0;
  let closed = false;
  let change = Promise.withResolvers<void>();

  return {
    get bytes() {
      return bytes;
    },
    put(fact) {
      coming.facts.push(fact);
      coming.bytes += size(fact);
      bytes += size(fact);
      if (endsReport(fact) || coming.bytes > keepBytes) makeReady();
    },
    async take() {
      for (;;) {
        const batch = ready.shift();
        if (batch !== undefined) return batch.facts;
        if (closed) return null;
        change = Promise.withResolvers<void>();
        await change.promise;
      }
    },
    done(facts) {
      for (const fact of facts) bytes -= size(fact);
    },
    close() {
      closed = true;
      change.resolve();
    },
  };

  function makeReady(): void {
    const last = ready.at(-1);
    if (last !== undefined && last.bytes + coming.bytes <= commitBytes) {
      last.facts.push(...coming.facts);
      last.bytes += coming.bytes;
    } else {
      ready.push(coming);
    }
    coming = { facts: [], bytes: 0 };
    change.resolve();
  }
}

/** What has no meaning ends the report that it came in; what is told of a step waits for nothing. */
function endsReport(fact: InboundFact): boolean {
  return 'fault' in fact || (fact.body.kind !== 'report-begin' && fact.body.kind !== 'report-chunk');
}

function size(fact: InboundFact): number {
  return 'body' in fact ? weigh(fact.body) : factOverheadBytes;
}
