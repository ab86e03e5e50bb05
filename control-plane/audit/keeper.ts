import type { Logger } from 'pino';
import { asFault } from '#proto/domain/fault.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import type { Database } from '../store/database.ts';
import { type OutboxEvent, takeEvents, waitingTenants } from '../store/outbox.ts';
import { asTenant } from '../store/tenant-tx.ts';
import { append, takeTrail } from './append.ts';
import { signHead, type TrailCheckpoint, type TrailSigner } from './trail.ts';

export interface KeeperOptions {
  readonly db: Database;
  readonly signer: TrailSigner;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: Pick<Logger, 'info' | 'error'>;
  /** How long a signed head may be behind before a new one goes to the log. */
  readonly signEveryMs: number;
}

/** Writes down what the outbox tells. */
export interface Keeper {
  /** Takes everything that waits, of every tenant. What cannot be written now waits on. */
  round(): Promise<void>;
}

/** Events are taken out and written down in transactions of so many. */
const batch = 500;

/** What scans found has a history of its own, and there is far too much of it. */
const keptElsewhere: readonly string[] = ['drift.recorded'];

/**
 * Moves events from the outbox to the end of their tenant's trail, each exactly once: taking out and writing down are one
 * transaction. Replicas take turns. Heads are signed now and then and logged, so that they leave this machine with its logs.
 */
export function createKeeper({ db, signer, clock, log, signEveryMs }: KeeperOptions): Keeper {
  const signedAt = new Map<TenantId, number>();
  return { round };

  async function round(): Promise<void> {
    try {
      for (const tenant of await waitingTenants(db, batch)) await keep(tenant);
    } catch (error) {
      log.error({ reason: asFault(error).message }, 'the audit trail could not be read');
    }
  }

  async function keep(tenant: TenantId): Promise<void> {
    try {
      while ((await keepSome(tenant)) === batch);
    } catch (error) {
      log.error({ tenant, reason: asFault(error).message }, 'the audit trail could not be written'); // the events are still in the outbox
    }
  }

  /** How many events were taken out. */
  async function keepSome(tenant: TenantId): Promise<number> {
    const { taken, checkpoint } = await asTenant(db, tenant, async (tx) => {
      if (!(await takeTrail(tx, tenant))) return { taken: 0, checkpoint: null };
      const events = await takeEvents(tx, batch);
      const head = await append(tx, tenant, events.filter(isKept));
      const isDue = head.tree.size > 0 && clock() - (signedAt.get(tenant) ?? -Infinity) >= signEveryMs;
      return { taken: events.length, checkpoint: isDue ? await signHead(tx, tenant, head, signer, new Date(clock())) : null };
    });
    if (checkpoint !== null) publish(checkpoint);
    return taken;
  }

  function publish({ tenant, note, size }: TrailCheckpoint): void {
    signedAt.set(tenant, clock());
    log.info({ tenant, size, checkpoint: note }, 'audit checkpoint');
  }
}

function isKept({ topic }: OutboxEvent): boolean {
  return !keptElsewhere.includes(topic);
}
