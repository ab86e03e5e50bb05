import { Fault } from '#proto/domain/fault.ts';
import type { Hello } from '#proto/domain/frame.ts';
import type { AgentId, AgentIdentity, TenantId } from '#proto/domain/identity.ts';
import type { ScanOrder } from '#proto/domain/order.ts';
import type { Database } from '../store/database.ts';
import { asTenant } from '../store/tenant-tx.ts';
import { admit } from './agents.ts';
import { agentSessions, type Pulse, type Standing } from './agent-sessions.ts';
import type { Generations } from './generations.ts';
import type { ScanOrders } from './scan-orders.ts';

/** What the stream door needs of the fleet. */
export interface LinkSessions {
  /**
   * Begins a session and answers its epoch, by which every older one of the agent is superseded. An agent whose
   * certificate turns out to be a copy is locked.
   * @throws Fault `agent-locked`, `agent-removed`, `agent-cloned`, `certificate-unknown`, `certificate-revoked`
   */
  begin(identity: AgentIdentity, serial: string, hello: Hello, remoteAddress: string): Promise<number>;
  /** Writes what sessions of one tenant heard lately, and answers what is new for each. */
  pulse(tenant: TenantId, pulses: readonly Pulse[]): Promise<ReadonlyMap<AgentId, News>>;
  orderReceived(identity: AgentIdentity, orderId: string): Promise<void>;
  /** `endedBy` is a fault's code, or null for a goodbye. */
  end(identity: AgentIdentity, epoch: number, endedBy: string | null): Promise<void>;
}

/** What a live session may not have heard: it happened on another replica, or while the session began. */
export interface News {
  /** Why the session has to end, or null. */
  readonly over: Fault | null;
  readonly orders: readonly ScanOrder[];
}

export interface LinkSessionsOptions {
  readonly db: Database;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly orders: Pick<ScanOrders, 'waiting' | 'received'>;
  readonly generations: Generations;
}

export function createLinkSessions({ db, clock, orders, generations }: LinkSessionsOptions): LinkSessions {
  return { begin, pulse, orderReceived, end };

  async function begin({ tenant, agent }: AgentIdentity, serial: string, hello: Hello, remoteAddress: string): Promise<number> {
    const begun = await asTenant(db, tenant, async (tx) => {
      // held until the commit: two streams that arrive at once get two epochs, and whoever locks the agent waits
      await tx.query('select from agent where id = $1 for update', [agent]);
      await admit(tx, agent);
      return (await generations.use(tx, { agent, serial, remoteAddress }, now())) ?? agentSessions(tx, now()).open(agent, hello, remoteAddress);
    });
    if (begun instanceof Fault) throw begun;
    return begun;
  }

  function pulse(tenant: TenantId, pulses: readonly Pulse[]): Promise<ReadonlyMap<AgentId, News>> {
    return asTenant(db, tenant, async (tx) => {
      const standings = await agentSessions(tx, now()).beat(pulses);
      const waiting = Map.groupBy(await orders.waiting(tx, pulses.map(({ agent }) => agent)), ({ agent }) => agent);
      const epochs = new Map(pulses.map(({ agent, epoch }) => [agent, epoch]));
      return new Map(
        standings.map((standing) => [
          standing.agent,
          { over: whyOver(standing, epochs.get(standing.agent) ?? 0), orders: (waiting.get(standing.agent) ?? []).map(({ order }) => order) },
        ]),
      );
    });
  }

  function orderReceived({ tenant, agent }: AgentIdentity, orderId: string): Promise<void> {
    return asTenant(db, tenant, (tx) => orders.received(tx, agent, orderId));
  }

  function end({ tenant, agent }: AgentIdentity, epoch: number, endedBy: string | null): Promise<void> {
    return asTenant(db, tenant, (tx) => agentSessions(tx, now()).end(agent, epoch, endedBy));
  }

  function now(): Date {
    return new Date(clock());
  }
}

function whyOver({ locked, removed, newestEpoch }: Standing, epoch: number): Fault | null {
  if (removed) return new Fault('agent-removed');
  if (locked) return new Fault('agent-locked');
  return newestEpoch > epoch ? new Fault('session-superseded', { epoch, newestEpoch }) : null;
}
