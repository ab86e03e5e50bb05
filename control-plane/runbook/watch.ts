import type { TenantId } from '#proto/domain/identity.ts';
import type { Database } from '../store/database.ts';
import { asTenant } from '../store/tenant-tx.ts';
import { eventsAfter, type ExecutionTold } from './execution/events.ts';
import { findExecution } from './execution/rows.ts';

/** Lets those who watch an execution sleep until something may have happened in it. */
export interface Bells {
  ring(execution: string): void;
  /** Where it is not known which: whoever watches looks. */
  ringAll(): void;
  /** Resolves at the next ring, or after so long: another replica may have written. */
  heard(execution: string, waitMs: number, signal: AbortSignal): Promise<void>;
}

export function createBells(): Bells {
  const bells = new EventTarget();

  return {
    ring: (execution) => void bells.dispatchEvent(new Event(execution)),
    ringAll: () => void bells.dispatchEvent(new Event(every)),
    heard(execution, waitMs, signal) {
      if (signal.aborted) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      const over = new AbortController();
      const timer = setTimeout(resolve, waitMs);
      for (const bell of [execution, every]) bells.addEventListener(bell, () => resolve(), { signal: over.signal });
      signal.addEventListener('abort', () => resolve(), { signal: over.signal });
      return promise.finally(() => {
        clearTimeout(timer);
        over.abort();
      });
    },
  };
}

const every = 'every';

export interface Watched extends ExecutionTold {
  /** The name of the step it is about, or null. */
  readonly step: string | null;
}

/** Everything that happened in an execution, and what goes on happening, until it is over. */
export interface Watch {
  /** @throws Fault `not-found` */
  watchExecution(tenant: TenantId, id: string, after: number, signal: AbortSignal): Promise<AsyncIterable<Watched>>;
}

/** Events are read in pages of so many, and looked for at least so often. */
const page = 200;
const lookEveryMs = 1_000;

export function createWatch({ db, bells }: { readonly db: Database; readonly bells: Bells }): Watch {
  return {
    async watchExecution(tenant, id, after, signal) {
      const { steps } = await asTenant(db, tenant, (tx) => findExecution(tx, id));
      const names = new Map(steps.map(({ position, step }) => [position, step]));
      return follow(tenant, id, { after, names, signal });
    },
  };

  async function* follow(tenant: TenantId, id: string, { after, names, signal }: { after: number; readonly names: ReadonlyMap<number, string>; readonly signal: AbortSignal }): AsyncIterable<Watched> {
    let last = after;
    while (!signal.aborted) {
      const rung = bells.heard(id, lookEveryMs, signal); // before looking, so that nothing falls between
      const { events, isOver } = await asTenant(db, tenant, async (tx) => ({ isOver: (await findExecution(tx, id)).execution.ended_at !== null, events: await eventsAfter(tx, id, last, page) }));
      for (const event of events) {
        last = event.ordinal;
        yield { ...event, step: event.position === null ? null : (names.get(event.position) ?? null) };
      }
      if (events.length === 0 && isOver) return;
      if (events.length === 0) await rung;
    }
  }
}
