import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { asFault } from '#proto/domain/fault.ts';
import type { ScanOrder } from '#proto/domain/order.ts';
import type { Rounds } from './round.ts';

export interface ServiceParts {
  readonly rounds: Rounds;
  /** Between the beginnings of two scans. */
  readonly intervalMs: number;
  readonly log: Pick<Logger, 'info' | 'error'>;
  /** Milliseconds on a clock that only goes forward. */
  readonly clock: () => number;
}

/** Scans on a schedule and on order, one round at a time. */
export interface Service {
  /** The round it asks for comes as soon as the one under way is done. */
  readonly obey: (order: ScanOrder) => void;
  /** Works until the signal fires; a round under way is abandoned. */
  work(stop: AbortSignal): Promise<void>;
}

export function createService({ rounds, intervalMs, log, clock }: ServiceParts): Service {
  const orders: ScanOrder[] = [];
  const bell = new EventTarget();
  return {
    obey(order) {
      orders.push(order);
      bell.dispatchEvent(new Event('order'));
    },
    work,
  };

  async function work(stop: AbortSignal): Promise<void> {
    let dueAt = clock();
    while (!stop.aborted) {
      if (clock() >= dueAt) {
        dueAt = clock() + intervalMs;
        await round([], stop);
      }
      for (let order = orders.shift(); order !== undefined && !stop.aborted; order = orders.shift()) {
        log.info({ order: order.id, stacks: order.stacks.length }, 'scan ordered');
        await round(order.stacks, stop);
      }
      await waitUntil(dueAt, stop);
    }
  }

  /** A round that fails is told, and the next one is tried all the same. */
  async function round(stacks: readonly string[], stop: AbortSignal): Promise<void> {
    const startedAt = clock();
    try {
      log.info({ ...(await rounds.scan(stacks, stop)), tookMs: Math.round(clock() - startedAt) }, 'round scanned');
    } catch (error) {
      if (stop.aborted) return;
      const { code, message, next } = asFault(error);
      log.error({ code, reason: message, next, cause: error instanceof Error ? error.stack : undefined }, 'round failed');
    }
  }

  async function waitUntil(dueAt: number, stop: AbortSignal): Promise<void> {
    if (orders.length > 0) return;
    const woken = new AbortController();
    const signal = AbortSignal.any([stop, woken.signal]);
    await Promise.race([once(bell, 'order', { signal }), sleep(Math.max(0, dueAt - clock()), undefined, { signal })]).catch(() => undefined);
    woken.abort();
  }
}
