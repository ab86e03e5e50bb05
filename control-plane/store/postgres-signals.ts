import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Notification } from 'pg';
import type { Signals } from './signals.ts';

export interface PostgresSignalsOptions {
  readonly url: string;
  /** What other replicas told. */
  readonly onWord: (word: string) => void;
  /** Words may have been missed: whoever waits for some looks by himself. */
  readonly onGap: () => void;
  /** Told each time that the connection is lost or refused. */
  readonly onBreak: (error: Error) => void;
}

const channel = 'dd0c_signal';
/** A notification holds 8,000 bytes at most. */
const maxPayloadChars = 7_900;
const shortestPauseMs = 50;
const longestPauseMs = 5_000;
/** A connection that a firewall forgot says nothing of it: so it is asked now and then. */
const askEveryMs = 15_000;
const answerWithinMs = 10_000;

/**
 * One connection that LISTENs, and NOTIFYs for this process. Each NOTIFY takes a lock that all commits of the server wait
 * for, so never more than one is under way here, and what is told meanwhile goes with the next one. It is not part of the
 * transactions that it tells of.
 */
export function openPostgresSignals({ url, onWord, onGap, onBreak }: PostgresSignalsOptions): Signals {
  const waiting = new Set<string>();
  const closing = new AbortController();
  let line: Client | null = null;
  let telling: Promise<void> | null = null;
  const kept = keepLine();

  return {
    tell(word) {
      waiting.add(word);
      telling ??= tellAll();
    },
    async close() {
      await telling;
      closing.abort();
      await kept;
    },
  };

  /** Listens as long as it can and begins again, until it is closed. */
  async function keepLine(): Promise<void> {
    let pauseMs = shortestPauseMs;
    while (!closing.signal.aborted) {
      const client = new Client({ connectionString: url, application_name: 'dd0c-signals', keepAlive: true, connectionTimeoutMillis: answerWithinMs, query_timeout: answerWithinMs });
      client.on('error', () => {}); // `end` follows
      client.on('notification', hear);
      try {
        await listenUntilBroken(client, () => (pauseMs = shortestPauseMs));
      } catch (error) {
        if (!closing.signal.aborted) onBreak(error instanceof Error ? error : new Error('the connection broke'));
      }
      line = null;
      void client.end().catch(() => {});
      await sleep(pauseMs, undefined, { signal: closing.signal }).catch(() => {});
      pauseMs = Math.min(2 * pauseMs, longestPauseMs);
    }
  }

  /** Always ends by throwing. */
  async function listenUntilBroken(client: Client, onListening: () => void): Promise<never> {
    const broken = new Promise<never>((_, reject) => client.once('end', () => reject(new Error('the connection broke'))));
    broken.catch(() => {}); // where it breaks before anybody waits for it
    await client.connect();
    await client.query(`listen ${channel}`);
    line = client;
    onListening();
    onGap();
    for (;;) {
      await Promise.race([broken, sleep(askEveryMs, undefined, { signal: closing.signal })]);
      await client.query('select 1');
    }
  }

  /** Our own come back too. */
  function hear({ payload = '', processId }: Notification): void {
    if (line !== null && processId === processIdOf(line)) return;
    for (const word of payload.split(' ')) onWord(word);
  }

  async function tellAll(): Promise<void> {
    await Promise.resolve(); // what is told in one go goes in one notification
    try {
      while (waiting.size > 0) {
        const words = takeSome(); // also where there is no line: what cannot be told now is not told later
        await line?.query('select pg_notify($1, $2)', [channel, words]);
      }
    } catch {
      // lost: whoever they were for looks by himself
    }
    telling = null;
  }

  function takeSome(): string {
    let words = '';
    for (const word of waiting) {
      if (words !== '' && words.length + word.length >= maxPayloadChars) break;
      waiting.delete(word);
      words = words === '' ? word : `${words} ${word}`;
    }
    return words;
  }
}

/** The number of the server process behind a connection; pg has it, and its types do not say so. */
function processIdOf(client: Client): unknown {
  return Object.getOwnPropertyDescriptor(client, 'processID')?.value;
}
