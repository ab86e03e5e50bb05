import type { Logger } from 'pino';
import { asFault } from '#proto/domain/fault.ts';

/** What a program watches of its own process. */
type Process = Pick<NodeJS.Process, 'on' | 'once' | 'exit'>;

/** Told once, when the process is asked to end; asked a second time it ends at once. */
export function onEnd(process: Process, stop: (signal: NodeJS.Signals) => void): void {
  let asked = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (asked) process.exit(1);
      asked = true;
      stop(signal);
    });
  }
}

/** A bug that nobody caught ends the process: what it left behind cannot be trusted. The log says what it was. */
export function endOnBugs(process: Process, log: Pick<Logger, 'fatal'>): void {
  const end = (error: unknown): void => {
    log.fatal({ err: asFault(error).cause ?? error }, 'ended by an error that nobody foresaw');
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
