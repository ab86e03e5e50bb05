import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { asFault } from '#proto/domain/fault.ts';
import { nextBackoff } from '#proto/link/backoff.ts';
import type { IdentityKeeper } from '../../identity/keeper.ts';

export interface RenewalParts {
  readonly keeper: Pick<IdentityKeeper, 'dueAt' | 'renew'>;
  /** Opens the link anew, with the successor. */
  readonly reconnect: () => void;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/** Keeps the certificate of an agent from running out. */
export interface Renewal {
  /** Renews now, if it is time; a failure is told, and is not the caller's. Answers whether it did. */
  ifDue(): Promise<boolean>;
  /** Renews whenever it is time, until the signal fires. */
  work(stop: AbortSignal): Promise<void>;
}

/** Clocks are put right and hosts sleep: the time is looked at again at least so often. */
const lookEveryMs = 60_000;

/** A failed renewal is tried again after some minutes: half of the certificate's life is left. */
const patientAttempt = 6;

export function createRenewal({ keeper, reconnect, clock, random, log }: RenewalParts): Renewal {
  return { ifDue, work };

  async function ifDue(): Promise<boolean> {
    try {
      if (clock() < keeper.dueAt()) return true;
      await keeper.renew();
      log.info('certificate renewed; the next connection proves it');
      reconnect();
      return true;
    } catch (error) {
      const { code, message, next } = asFault(error);
      log.warn({ fault: code, reason: message, next }, 'certificate not renewed');
      return false;
    }
  }

  async function work(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const isWell = await ifDue();
      const pauseMs = isWell ? lookEveryMs : lookEveryMs + nextBackoff(patientAttempt, random());
      await sleep(pauseMs, undefined, { signal: stop }).catch(() => undefined);
    }
  }
}
