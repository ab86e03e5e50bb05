import { factOverheadBytes, weigh } from '#proto/link/window.ts';
import type { InboundFact } from '../ingest/assemble.ts';

/**
 * Facts that came and are not committed yet. Whoever takes takes all whole reports that wait, so that one commit
 * serves many; a report that is still coming waits for its end, unless it grows beyond `keepBytes` and its parts have
 * to be kept elsewhere.
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

export function createInbox(keepBytes: number): Inbox {
  let waiting: InboundFact[] = [];
  let bytes = 0;
  let closed = false;
  let change = Promise.withResolvers<void>();
  /** How many of those that wait end with the end of a report, and how much comes after. */
  let ready = 0;
  let tailBytes = 0;

  return {
    get bytes() {
      return bytes;
    },
    put(fact) {
      waiting.push(fact);
      bytes += size(fact);
      tailBytes += size(fact);
      if (endsReport(fact) || tailBytes > keepBytes) {
        ready = waiting.length;
        tailBytes = 0;
        change.resolve();
      }
    },
    async take() {
      for (;;) {
        if (ready > 0) break;
        if (closed) return null;
        change = Promise.withResolvers<void>();
        await change.promise;
      }
      const taken = waiting.slice(0, ready);
      waiting = waiting.slice(ready);
      ready = 0;
      return taken;
    },
    done(facts) {
      for (const fact of facts) bytes -= size(fact);
    },
    close() {
      closed = true;
      change.resolve();
    },
  };
}

/** What has no meaning ends the report that it came in. */
function endsReport(fact: InboundFact): boolean {
  return 'fault' in fact || fact.body.kind === 'report-end';
}

function size(fact: InboundFact): number {
  return 'body' in fact ? weigh(fact.body) : factOverheadBytes;
}
