import type { TenantId } from '#proto/domain/identity.ts';
import type { Json } from '#proto/domain/json.ts';
import type { Database } from './database.ts';
import { asSystem, type TenantTx } from './tenant-tx.ts';

/** Something that happened, told to whoever acts on it. */
export interface OutboxEvent {
  /** `<feature>.<what>`, as in `drift.recorded`. */
  readonly topic: string;
  /** Ids and counts only. */
  readonly body: Json;
  readonly createdAt: Date;
}

/** Writes what happened in the transaction in which it happens. */
export async function publish(tx: TenantTx, { topic, body, createdAt }: OutboxEvent): Promise<void> {
  await tx.query(
    `insert into outbox (tenant, topic, body, created_at)
     values (nullif(current_setting('app.tenant', true), '')::uuid, $1, $2::jsonb, $3)`,
    [topic, JSON.stringify(body), createdAt],
  );
}

/**
 * Takes the oldest events of a tenant out. They come again when the transaction fails, and no two takers get the same.
 */
export async function takeEvents(tx: TenantTx, limit: number): Promise<readonly OutboxEvent[]> {
  const { rows } = await tx.query<{ ordinal: number; topic: string; body: Json; created_at: Date }>(
    `delete from outbox
     where ordinal in (select ordinal from outbox order by ordinal limit $1 for update skip locked)
     returning ordinal, topic, body, created_at`,
    [limit],
  );
  return rows.toSorted((a, b) => a.ordinal - b.ordinal).map(({ topic, body, created_at }) => ({ topic, body, createdAt: created_at }));
}

/** The tenants of whom events wait, at most `limit` of them. */
export async function waitingTenants(db: Database, limit: number): Promise<readonly TenantId[]> {
  const { rows } = await asSystem(db, (tx) => tx.query<{ tenant: TenantId }>('select distinct tenant from outbox limit $1', [limit]));
  return rows.map(({ tenant }) => tenant);
}
