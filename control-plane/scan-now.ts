import { type AgentId, type TenantId, toAgentId } from '#proto/domain/identity.ts';
import type { Drift } from './drift/drift.ts';
import { type Agents, admit } from './fleet/agents.ts';
import type { ScanOrders as OrderBook } from './fleet/scan-orders.ts';
import type { Reach } from './grpc/reach.ts';
import type { ScanOrders } from './http/routes/stacks.ts';
import type { Database } from './store/database.ts';
import { asTenant } from './store/tenant-tx.ts';

/** What asking for a scan touches. */
export interface ScanNowParts {
  readonly db: Database;
  readonly drift: Pick<Drift, 'getStack'>;
  readonly agents: Pick<Agents, 'getAgent'>;
  readonly book: Pick<OrderBook, 'request'>;
  readonly reach: Pick<Reach, 'wake'>;
}

/** Keeps an order to scan and wakes the agent's stream. */
export function createScanNow({ db, drift, agents, book, reach }: ScanNowParts): ScanOrders {
  return {
    async scanStack(tenant, stack) {
      const { agent } = await drift.getStack(tenant, stack);
      return order(tenant, toAgentId(agent), [stack]);
    },
    async scanAgent(tenant, id) {
      const { id: agent } = await agents.getAgent(tenant, id);
      return order(tenant, agent, []);
    },
  };

  async function order(tenant: TenantId, agent: AgentId, stacks: readonly string[]): Promise<{ orders: { id: string; agent: string }[] }> {
    const { id } = await asTenant(db, tenant, async (tx) => {
      await admit(tx, agent);
      return book.request(tx, agent, { stacks });
    });
    reach.wake(agent);
    return { orders: [{ id, agent }] };
  }
}
