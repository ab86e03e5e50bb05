import { isUuid, type TenantId } from '#proto/domain/identity.ts';
import type { Database, Tx } from './database.ts';
import { systemRole, tenantRole } from './roles.ts';

declare const scoped: unique symbol;

/** A transaction bound to one tenant. Repositories accept nothing else. */
export type TenantTx = Tx & { readonly [scoped]: 'tenant' };

/** A transaction in which no tenant is known yet: it can look tokens up and list tenants, nothing more. */
export type SystemTx = Tx & { readonly [scoped]: 'system' };

/** How a transaction behaves. */
export interface TxManner {
  /** A statement that would wait for so long for a row which another transaction holds fails instead (SQLSTATE 55P03). */
  readonly lockWaitMs?: number;
}

/** Runs `work` as one tenant: row-level security shows and takes this tenant's rows only. */
export function asTenant<T>(db: Database, tenant: TenantId, work: (tx: TenantTx) => Promise<T>, { lockWaitMs = 0 }: TxManner = {}): Promise<T> {
  if (!isUuid(tenant)) throw new TypeError('a tenant is named by a UUID'); // it becomes a part of a statement
  const patience = lockWaitMs > 0 ? `, set_config('lock_timeout', '${Math.ceil(lockWaitMs)}', true)` : '';
  return db.transaction((tx) => work(tx as TenantTx), `select set_config('role', '${tenantRole}', true), set_config('app.tenant', '${tenant}', true)${patience}`);
}

/** Runs `work` before the tenant is known. */
export function asSystem<T>(db: Database, work: (tx: SystemTx) => Promise<T>): Promise<T> {
  return db.transaction((tx) => work(tx as SystemTx), `set local role ${systemRole}`);
}

/** Goes on as a tenant in the same transaction, once a lookup has told which. */
export async function enterTenant(tx: Tx | SystemTx, tenant: TenantId): Promise<TenantTx> {
  // Both are gone at commit; the policies read app.tenant.
  await tx.query(`select set_config('role', $1, true), set_config('app.tenant', $2, true)`, [tenantRole, tenant]);
  return tx as TenantTx;
}
