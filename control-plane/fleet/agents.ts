import { Fault } from '#proto/domain/fault.ts';
import { type AgentId, isUuid, type TenantId, toAgentId } from '#proto/domain/identity.ts';
import { type Page, readCursor, toPage, writeCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { publish } from '../store/outbox.ts';
import { asTenant, type TenantTx } from '../store/tenant-tx.ts';
import { askToDrain } from './drain-orders.ts';
import { type AgentRow, agentColumns, type AgentView, toAgentView } from './agent-view.ts';

/**
 * The fleet of a tenant, and what an operator can do about an agent. Each throws Fault `not-found` for an agent that the
 * tenant does not have. `by` is the API token that asks, for the audit trail.
 */
export interface Agents {
  /** Those not removed, in the order in which they came. */
  listAgents(tenant: TenantId, page: PageQuery): Promise<Page<AgentView>>;
  getAgent(tenant: TenantId, id: string): Promise<AgentView>;
  /** Cuts the stream and refuses new ones until `unlockAgent`. */
  lockAgent(tenant: TenantId, id: string, by?: string): Promise<AgentView>;
  unlockAgent(tenant: TenantId, id: string, by?: string): Promise<AgentView>;
  /**
   * Asks the agent to finish what it does, to empty its spool and to end; one that is away hears it when it comes.
   * @throws Fault `agent-cannot-drain`
   */
  drainAgent(tenant: TenantId, id: string, by?: string): Promise<AgentView>;
  /** Cuts the stream and revokes the certificates, for good: the host has to enrol again and becomes another agent. */
  removeAgent(tenant: TenantId, id: string, by?: string): Promise<void>;
}

export interface AgentsOptions {
  readonly db: Database;
  /** Ends the agent's stream, if there is one, with this reason. Called after the commit. */
  readonly cut: (agent: AgentId, reason: Fault) => void;
  /** Looks for orders of this agent now, if its stream is here. Called after the commit. */
  readonly wake: (agent: AgentId) => void;
  readonly newId: () => string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** An agent whose stream is open but was not heard from for so long is lost. */
  readonly lostAfterMs?: number;
}

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const list = 'agents';

/** Four heartbeats. */
const usualLostAfterMs = 60_000;

export function createAgents({ db, cut, wake, newId, clock, lostAfterMs = usualLostAfterMs }: AgentsOptions): Agents {
  return { listAgents, getAgent, lockAgent, unlockAgent, drainAgent, removeAgent };

  async function listAgents(tenant: TenantId, { limit, cursor }: PageQuery): Promise<Page<AgentView>> {
    const [at, after] = cursor === undefined ? ['-infinity', tenant] : readCursor(list, cursor);
    const { rows } = await asTenant(db, tenant, (tx) =>
      tx.query<AgentRow>(
        `${agentColumns} where a.removed_at is null and (a.enrolled_at, a.id) > ($1, $2) order by a.enrolled_at, a.id limit $3`,
        [at, after, limit + 1],
      ),
    );
    return toPage(rows, limit, toView, (row) => writeCursor(list, [row.enrolled_at.toISOString(), row.id]));
  }

  async function getAgent(tenant: TenantId, id: string): Promise<AgentView> {
    return await asTenant(db, tenant, (tx) => read(tx, idOf(id)));
  }

  async function lockAgent(tenant: TenantId, id: string, by?: string): Promise<AgentView> {
    const agent = idOf(id);
    const view = await become(tenant, agent, 'locked', by);
    cut(agent, new Fault('agent-locked'));
    return view;
  }

  async function unlockAgent(tenant: TenantId, id: string, by?: string): Promise<AgentView> {
    return await become(tenant, idOf(id), 'unlocked', by);
  }

  async function drainAgent(tenant: TenantId, id: string, by?: string): Promise<AgentView> {
    const agent = idOf(id);
    const view = await asTenant(db, tenant, async (tx) => {
      await askToDrain(tx, agent, { orderId: newId(), by: by ?? null, now: new Date(clock()) });
      return read(tx, agent);
    });
    wake(agent);
    return view;
  }

  async function removeAgent(tenant: TenantId, id: string, by?: string): Promise<void> {
    const agent = idOf(id);
    const now = new Date(clock());
    await asTenant(db, tenant, async (tx) => {
      await mustExist(tx, 'update agent set removed_at = $2 where id = $1 and removed_at is null returning id', [agent, now]);
      await tx.query('update certificate set revoked_at = $2 where agent = $1 and revoked_at is null', [agent, now]);
      await publish(tx, { topic: 'fleet.agent-removed', body: { agent, by: by ?? null }, createdAt: now });
    });
    cut(agent, new Fault('agent-removed'));
  }

  async function become(tenant: TenantId, agent: AgentId, standing: 'locked' | 'unlocked', by?: string): Promise<AgentView> {
    const now = new Date(clock());
    return await asTenant(db, tenant, async (tx) => {
      await mustExist(
        tx,
        'update agent set locked_at = case when $2 then coalesce(locked_at, $3) end where id = $1 and removed_at is null returning id',
        [agent, standing === 'locked', now],
      );
      await publish(tx, { topic: `fleet.agent-${standing}`, body: { agent, by: by ?? null }, createdAt: now });
      return read(tx, agent);
    });
  }

  async function read(tx: TenantTx, agent: AgentId): Promise<AgentView> {
    const { rows } = await tx.query<AgentRow>(`${agentColumns} where a.id = $1`, [agent]);
    const [row] = rows;
    if (row === undefined) throw new Fault('not-found', { agent });
    return toView(row);
  }

  function toView(row: AgentRow): AgentView {
    return toAgentView(row, clock() - lostAfterMs);
  }
}

/**
 * Whether an agent may connect or enrol again.
 * @throws Fault `agent-locked`, `agent-removed`
 */
export async function admit(tx: TenantTx, agent: AgentId): Promise<void> {
  const { rows } = await tx.query<{ locked_at: Date | null; removed_at: Date | null }>('select locked_at, removed_at from agent where id = $1', [agent]);
  const fault = whyShutOut(agent, rows[0]);
  if (fault !== null) throw fault;
}

/** Why an agent with this row may not: `agent-locked`, `agent-removed`, or null where it may. */
export function whyShutOut(agent: AgentId, row: { readonly locked_at: Date | null; readonly removed_at: Date | null } | undefined): Fault | null {
  if (row === undefined || row.removed_at !== null) return new Fault('agent-removed', { agent });
  return row.locked_at === null ? null : new Fault('agent-locked', { agent });
}

async function mustExist(tx: TenantTx, update: string, [agent, ...values]: readonly [AgentId, ...unknown[]]): Promise<void> {
  const { rows } = await tx.query(update, [agent, ...values]);
  if (rows.length === 0) throw new Fault('not-found', { agent });
}

function idOf(id: string): AgentId {
  if (!isUuid(id)) throw new Fault('not-found', { agent: id });
  return toAgentId(id);
}
