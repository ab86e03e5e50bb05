import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import type { TenantTx } from '../store/tenant-tx.ts';
import type { Newcomer } from './newcomer.ts';

/** A right to join that was found good, and has not been used yet. */
export interface Grant {
  readonly tenant: TenantId;
  /** For the audit trail: by which token, or policy and identity. */
  readonly by: Readonly<Record<string, string>>;
  /** Uses it in the transaction that issues: for a key that it knows already it is the same agent again. */
  use(tx: TenantTx, newcomer: Newcomer): Promise<Joined>;
}

export interface Joined {
  readonly agent: AgentId;
  /** False where the same key came again. */
  readonly isNew: boolean;
}
