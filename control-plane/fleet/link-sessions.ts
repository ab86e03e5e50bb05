import type { Hello } from '#proto/domain/frame.ts';
import type { AgentId, AgentIdentity, TenantId } from '#proto/domain/identity.ts';
import type { Database } from '../store/database.ts';
import { asTenant, type TenantTx } from '../store/tenant-tx.ts';
import { agentSessions, type Pulse } from './agent-sessions.ts';
import type { ScanOrders, WaitingOrder } from './scan-orders.ts';

/** What the stream door needs of the fleet. */
export interface LinkSessions {
  /**
   * Begins a session and answers its epoch, by which every older one of the agent is superseded.
   * @throws Fault `agent-locked`, `agent-removed`
   */
  begin(identity: AgentIdentity, hello: Hello, remoteAddress: string): Promise<number>;
  /** Writes what one tenant's sessions said lately, and answers what is new for their agents. */
  pulse(tenant: TenantId, pulses: readonly Pulse[]): Promise<News>;
  waitingOrders(identity: AgentIdentity): Promise<readonly WaitingOrder[]>;
  orderReceived(identity: AgentIdentity, orderId: string): Promise<void>;
  /** `endedBy` is a fault's code, or null for a goodbye. */
  end(identity: AgentIdentity, epoch: number, endedBy: string | null): Promise<void>;
}

export interface News {
  readonly newestEpoch: ReadonlyMap<AgentId, number>;
  readonly orders: readonly WaitingOrder[];
}

export interface LinkSessionsOptions {
  readonly db: Database;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly orders: Pick<ScanOrders, 'waiting' | 'received'>;
  /** Throws where the agent may not connect. */
  readonly admit: (tx: TenantTx, agent: AgentId) => Promise<void>;
}

export function createLinkSessions({ db, clock, orders, admit }: LinkSessionsOptions): LinkSessions {
  return {
    begin: (identity, hello, remoteAddress) =>
      asTenant(db, identity.tenant, async (tx) => {
        await admit(tx, identity.agent);
        return agentSessions(tx, new Date(clock())).open(identity.agent, hello, remoteAddress);
      }),
    pulse: (tenant, pulses) =>
      asTenant(db, tenant, async (tx) => ({
        newestEpoch: await agentSessions(tx, new Date(clock())).beat(pulses),
        orders: await orders.waiting(tx, pulses.map(({ agent }) => agent)),
      })),
    waitingOrders: ({ tenant, agent }) => asTenant(db, tenant, (tx) => orders.waiting(tx, [agent])),
    orderReceived: ({ tenant, agent }, orderId) => asTenant(db, tenant, (tx) => orders.received(tx, agent, orderId)),
    end: ({ tenant, agent }, epoch, endedBy) => asTenant(db, tenant, (tx) => agentSessions(tx, new Date(clock())).end(agent, epoch, endedBy)),
  };
}
