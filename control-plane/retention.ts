import type { Logger } from 'pino';
import { asFault } from '#proto/domain/fault.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import { pruneReports } from './drift/prune-reports.ts';
import { pruneExecutions, pruneOutput } from './runbook/prune.ts';
import type { Database } from './store/database.ts';
import { asTenant, type TenantTx } from './store/tenant-tx.ts';

/** For how many days what is kept; 0 is for ever. The audit trail, findings and what became of them are never pruned. */
export interface Retention {
  readonly outputDays: number;
  readonly executionDays: number;
  readonly reportDays: number;
}

export interface PruneOptions {
  readonly db: Database;
  readonly keep: Retention;
  readonly tenants: () => Promise<readonly TenantId[]>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: Pick<Logger, 'info' | 'error'>;
}

type Kind = 'output' | 'executions' | 'reports';

const dayMs = 86_400_000;
/** The rest waits for the next round, so that a server that stops need not wait for it. */
const roundsAtOnce = 100;

/** Forgets what is older than it is to be kept, a little at a time, so that nothing else waits for it. */
export function createPrune({ db, keep, tenants, clock, log }: PruneOptions): () => Promise<void> {
  const kinds: readonly { readonly kind: Kind; readonly days: number; readonly prune: (tx: TenantTx, before: Date, now: Date) => Promise<number> }[] = [
    { kind: 'output', days: keep.outputDays, prune: pruneOutput },
    { kind: 'executions', days: keep.executionDays, prune: pruneExecutions },
    { kind: 'reports', days: keep.reportDays, prune: pruneReports },
  ];
  return async () => {
    try {
      for (const tenant of await tenants()) for (const { kind, days, prune } of kinds) if (days > 0) await pruneAll(tenant, kind, days, prune);
    } catch (error) {
      log.error({ reason: asFault(error).message }, 'what is too old could not be pruned'); // the next round goes on
    }
  };

  async function pruneAll(tenant: TenantId, kind: Kind, days: number, prune: (tx: TenantTx, before: Date, now: Date) => Promise<number>): Promise<void> {
    const now = new Date(clock());
    const before = new Date(now.getTime() - days * dayMs);
    let pruned = 0;
    for (let rounds = 0, some = -1; some !== 0 && rounds < roundsAtOnce; rounds += 1, pruned += some) some = await asTenant(db, tenant, (tx) => prune(tx, before, now));
    if (pruned > 0) log.info({ tenant, kind, pruned, olderThanDays: days }, 'pruned');
  }
}
