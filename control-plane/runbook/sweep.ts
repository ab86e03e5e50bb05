import type { Logger } from 'pino';
import { asFault } from '#proto/domain/fault.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import type { Database } from '../store/database.ts';
import { asTenant } from '../store/tenant-tx.ts';
import type { Aftermath, Transition } from './execution/transition.ts';
import type { ExecutionEvent } from './execution/state.ts';

export interface SweepOptions {
  readonly db: Database;
  readonly transition: Transition;
  readonly tenants: () => Promise<readonly TenantId[]>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: Pick<Logger, 'error'>;
  /** Told after the commit. */
  readonly onChange: (tenant: TenantId, aftermath: Aftermath) => void;
}

/**
 * Ends what nobody decided in time, what no agent came for, and what was not heard of again: the last is unknown, and
 * stays so until the agent tells or a person looks.
 */
export function createSweep({ db, transition, tenants, clock, log, onChange }: SweepOptions): () => Promise<void> {
  return async () => {
    try {
      for (const tenant of await tenants()) await sweepTenant(tenant);
    } catch (error) {
      log.error({ reason: asFault(error).message }, 'overdue steps could not be looked for'); // the next round looks again
    }
  };

  async function sweepTenant(tenant: TenantId): Promise<void> {
    for (const { execution, event } of await overdue(tenant)) {
      const aftermath = await asTenant(db, tenant, (tx) => transition(tx, tenant, execution, event, { system: 'deadline' }));
      if (aftermath.isChanged) onChange(tenant, aftermath);
    }
  }

  function overdue(tenant: TenantId): Promise<readonly { execution: string; event: ExecutionEvent }[]> {
    const now = new Date(clock());
    return asTenant(db, tenant, async (tx) => {
      const { rows: questions } = await tx.query<{ execution: string; position: number }>(`select execution, position from execution_step where state = 'waiting' and ask_until <= $1 limit 100`, [now]);
      const { rows: orders } = await tx.query<{ id: string; execution: string; position: number; attempt: number; offered: boolean }>(
        `update step_order set cancelled_at = coalesce(cancelled_at, case when offered_at is null then $1::timestamptz end)
         where id in (select id from step_order where ended_at is null and ((offered_at is null and not_after <= $1) or overdue_at <= $1) limit 100)
         returning id, execution, position, attempt, offered_at is not null as offered`,
        [now],
      );
      return [
        ...questions.map(({ execution, position }) => ({ execution, event: { kind: 'timed-out' as const, step: position, order: null, delivered: 'no' as const } })),
        ...orders.map(({ id, execution, position, attempt, offered }) => ({ execution, event: { kind: 'timed-out' as const, step: position, order: { lease: id, attempt }, delivered: offered ? ('perhaps' as const) : ('no' as const) } })),
      ];
    });
  }
}
