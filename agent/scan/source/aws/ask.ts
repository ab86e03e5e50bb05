import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '#proto/domain/fault.ts';
import { type Asked, awsFault, isPassing, isThrottling } from './aws-fault.ts';

/** How long to wait, and the dice for it; tests bring their own. */
export interface Patience {
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** Real time and real dice. */
export const patience: Patience = {
  wait: (ms, signal) => sleep(ms, undefined, { signal }),
  random: Math.random,
};

/** Requests that may still be made; each attempt counts. */
export interface RequestBudget {
  readonly limit: number;
  /** @throws Fault `aws-budget-spent` */
  spend(asked: Asked): void;
}

export function createBudget(limit: number): RequestBudget {
  let left = limit;
  return {
    limit,
    spend({ action, source }) {
      if (left <= 0) throw new Fault('aws-budget-spent', { source, action, requests: limit });
      left -= 1;
    },
  };
}

export interface AskOptions extends Asked {
  readonly budget: RequestBudget;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

const throttledAttempts = 8;
const passingAttempts = 3;
const firstWaitMs = 500;
const longestWaitMs = 20_000;

/**
 * Makes one request, and again where AWS throttles it or fails for the moment: the waits double up to 20 seconds, each
 * with a random part so that agents do not fall into step. Credentials that are slow to come end with the signal too.
 * @throws Fault `aws-…`; the reason of the signal
 */
export async function ask<T>(send: (signal: AbortSignal) => Promise<T>, { budget, patience, signal, ...asked }: AskOptions): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    budget.spend(asked);
    try {
      return await endingWith(signal, send(signal));
    } catch (error) {
      signal.throwIfAborted();
      const attempts = isThrottling(error) ? throttledAttempts : isPassing(error) ? passingAttempts : 1;
      if (attempt >= attempts) throw awsFault(error, asked);
      await patience.wait(Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1)) * (0.5 + patience.random() / 2), signal);
    }
  }
}

function endingWith<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const end = (): void => reject(signal.reason);
  signal.addEventListener('abort', end, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', end));
}
