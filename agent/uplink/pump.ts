import type { Welcome } from '#proto/domain/frame.ts';
import { openWindow, weigh } from '#proto/link/window.ts';
import type { Spool } from '../spool/spool.ts';
import { createBell } from './bell.ts';
import type { LinkStream } from './link-stream.ts';

/** Moves facts from the spool to one stream, never more of them under way than the window of its Welcome. */
export interface Pump {
  /** Takes an acknowledgement: the spool forgets, the window opens. */
  acknowledge(throughSeq: number): void;
  /** Sends nothing more; `done` resolves soon. */
  stop(): void;
  readonly done: Promise<void>;
}

export function startPump(spool: Spool, stream: LinkStream, welcome: Welcome): Pump {
  const window = openWindow(welcome.windowBytes);
  const bell = createBell();
  const deaf = spool.onAppend(() => bell.ring());
  const stopping = new AbortController();
  let sentSeq = spool.ackedSeq;

  return {
    acknowledge(throughSeq) {
      spool.acknowledge(throughSeq);
      window.acknowledge(throughSeq);
      bell.ring();
    },
    stop() {
      stopping.abort();
      deaf();
      bell.ring();
    },
    done: run(),
  };

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const before = sentSeq;
      if (spool.lastSeq > sentSeq) await sendSome();
      if (sentSeq === before && !stopping.signal.aborted) await bell.rung();
    }
  }

  async function sendSome(): Promise<void> {
    for (const fact of spool.read(sentSeq, Math.max(0, window.room()))) {
      const bytes = weigh(fact.body);
      if (stopping.signal.aborted || !window.admits(bytes)) return;
      window.sent(fact.seq, bytes);
      sentSeq = fact.seq;
      if (!stream.write({ kind: 'fact', fact })) await stream.writable();
    }
  }
}
