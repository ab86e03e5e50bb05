import { Fault } from '#proto/domain/fault.ts';
import { type AgentId, isUuid, type TenantId } from '#proto/domain/identity.ts';
import type { RecoveryPolicy } from '#proto/domain/recovery.ts';
import { type Page, readCursor, toPage, writeCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { publish } from '../store/outbox.ts';
import { asTenant } from '../store/tenant-tx.ts';
import { parsePolicy, writePolicy } from './recovery-policy.ts';
import { approvalLastsMs } from './recovery-requests.ts';

/** An agent that asks to come back after its certificate ran out. Times are RFC 3339. */
export interface RecoveryView {
  readonly id: string;
  readonly agent: AgentId;
  readonly hostname: string;
  /** An approval that was not used within a day waits again. */
  readonly state: 'waiting' | 'approved' | 'denied' | 'recovered';
  /** SHA-256 of the key for which it asks, hexadecimal: two of one agent are two copies of its disk. */
  readonly key: string;
  readonly address: string;
  readonly askedAt: string;
  readonly lastAskedAt: string;
  readonly decidedAt: string | null;
}

/** What an operator sees of recoveries and says about them. `by` is the API token that asks, for the audit trail. */
export interface Recoveries {
  /** The latest first. */
  listRecoveries(tenant: TenantId, page: PageQuery): Promise<Page<RecoveryView>>;
  /**
   * Approves, for the one key and a day, or denies, for good.
   * @throws Fault `not-found`
   */
  decideRecovery(tenant: TenantId, id: string, decision: 'approved' | 'denied', by?: string): Promise<RecoveryView>;
  recoveryPolicy(tenant: TenantId): Promise<RecoveryPolicy>;
  setRecoveryPolicy(tenant: TenantId, policy: RecoveryPolicy, by?: string): Promise<void>;
  /**
   * For one agent; null lets the tenant's hold.
   * @throws Fault `not-found`
   */
  setAgentRecoveryPolicy(tenant: TenantId, agent: string, policy: RecoveryPolicy | null, by?: string): Promise<void>;
}

export interface RecoveriesOptions {
  readonly db: Database;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface Row {
  readonly id: string;
  readonly agent: AgentId;
  readonly hostname: string;
  readonly key_hash: Uint8Array;
  readonly remote_address: string;
  readonly asked_at: Date;
  readonly last_asked_at: Date;
  readonly decision: 'approved' | 'denied' | null;
  readonly decided_at: Date | null;
  readonly recovered_at: Date | null;
}

const list = 'recoveries';
const columns = `select r.id, r.agent, a.hostname, r.key_hash, r.remote_address, r.asked_at, r.last_asked_at, r.decision, r.decided_at, r.recovered_at
  from recovery_request r join agent a on a.tenant = r.tenant and a.id = r.agent`;

export function createRecoveries({ db, clock }: RecoveriesOptions): Recoveries {
  return { listRecoveries, decideRecovery, recoveryPolicy, setRecoveryPolicy, setAgentRecoveryPolicy };

  async function listRecoveries(tenant: TenantId, { limit, cursor }: PageQuery): Promise<Page<RecoveryView>> {
    const [at, before] = cursor === undefined ? ['infinity', tenant] : readCursor(list, cursor);
    const { rows } = await asTenant(db, tenant, (tx) => tx.query<Row>(`${columns} where (r.asked_at, r.id) < ($1, $2) order by r.asked_at desc, r.id desc limit $3`, [at, before, limit + 1]));
    return toPage(rows, limit, toView, (row) => writeCursor(list, [row.asked_at.toISOString(), row.id]));
  }

  async function decideRecovery(tenant: TenantId, id: string, decision: 'approved' | 'denied', by?: string): Promise<RecoveryView> {
    if (!isUuid(id)) throw new Fault('not-found', { recovery: id });
    const now = new Date(clock());
    return await asTenant(db, tenant, async (tx) => {
      await tx.query('update recovery_request set decision = $2, decided_at = $3, decided_by = $4 where id = $1', [id, decision, now, by ?? null]);
      const { rows } = await tx.query<Row>(`${columns} where r.id = $1`, [id]);
      const [row] = rows;
      if (row === undefined) throw new Fault('not-found', { recovery: id });
      await publish(tx, { topic: `fleet.recovery-${decision}`, body: { request: id, agent: row.agent, address: row.remote_address, by: by ?? null }, createdAt: now });
      return toView(row);
    });
  }

  async function recoveryPolicy(tenant: TenantId): Promise<RecoveryPolicy> {
    const { rows } = await asTenant(db, tenant, (tx) => tx.query<{ recovery_policy: string }>('select recovery_policy from tenant'));
    return parsePolicy(rows[0]?.recovery_policy ?? 'never');
  }

  async function setRecoveryPolicy(tenant: TenantId, policy: RecoveryPolicy, by?: string): Promise<void> {
    await asTenant(db, tenant, async (tx) => {
      await tx.query('update tenant set recovery_policy = $1', [writePolicy(policy)]);
      await publish(tx, { topic: 'fleet.recovery-policy-set', body: { agent: null, policy: writePolicy(policy), by: by ?? null }, createdAt: new Date(clock()) });
    });
  }

  async function setAgentRecoveryPolicy(tenant: TenantId, agent: string, policy: RecoveryPolicy | null, by?: string): Promise<void> {
    if (!isUuid(agent)) throw new Fault('not-found', { agent });
    const text = policy === null ? null : writePolicy(policy);
    await asTenant(db, tenant, async (tx) => {
      const { rows } = await tx.query('update agent set recovery_policy = $2 where id = $1 and removed_at is null returning id', [agent, text]);
      if (rows.length === 0) throw new Fault('not-found', { agent });
      await publish(tx, { topic: 'fleet.recovery-policy-set', body: { agent, policy: text, by: by ?? null }, createdAt: new Date(clock()) });
    });
  }

  function toView(row: Row): RecoveryView {
    return {
      id: row.id,
      agent: row.agent,
      hostname: row.hostname,
      state: stateOf(row),
      key: Buffer.from(row.key_hash).toString('hex'),
      address: row.remote_address,
      askedAt: row.asked_at.toISOString(),
      lastAskedAt: row.last_asked_at.toISOString(),
      decidedAt: row.decided_at?.toISOString() ?? null,
    };
  }

  function stateOf({ decision, decided_at, recovered_at }: Row): RecoveryView['state'] {
    if (recovered_at !== null) return 'recovered';
    if (decision === 'denied') return 'denied';
    return decision === 'approved' && decided_at !== null && clock() - decided_at.getTime() <= approvalLastsMs ? 'approved' : 'waiting';
  }
}
