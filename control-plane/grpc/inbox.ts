import type { InboundFact } from '../ingest/assemble.ts';
import { factOverheadBytes, weigh } from '#proto/link/window.ts';

/** Facts that came and are not committed yet; whoever takes them takes all that wait, so that one commit serves many. */
export interface Inbox {
  /** Bytes that wait or are being committed. */
  readonly bytes: number;
  put(fact: InboundFact): void;
  /** All that waits, once there is something; null when it was closed and is empty. */
  take(): Promise<readonly InboundFact[] | null>;
  /** What was taken is committed. */
  done(facts: readonly InboundFact[]): void;
  /** Nothing more will come. */
  close(): void;
}

export function createInbox(): Inbox {
  let waiting: InboundFact[] = [];
  let bytes = 0;
  let closed = false;
  let change = Promise.withResolvers<void>();

  return {
    get bytes() {
      return bytes;
    },
    put(fact) {
      waiting.push(fact);
      bytes += size(fact);
      change.resolve();
    },
    async take() {
      while (waiting.length === 0) {
        if (closed) return null;
        change = Promise.withResolvers<void>();
        await change.promise;
      }
      const taken = waiting;
      waiting = [];
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

function size(fact: InboundFact): number {
  return 'body' in fact ? weigh(fact.body) : factOverheadBytes;
}
