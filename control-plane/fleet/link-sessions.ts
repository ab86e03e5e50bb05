import { Fault } from '#proto/domain/fault.ts';
import type { Hello } from '#proto/domain/frame.ts';
import type { AgentId, AgentIdentity, TenantId } from '#proto/domain/identity.ts';
import type { Order } from '#proto/domain/order.ts';
import type { Database } from '../store/database.ts';
import { asTenant, type TenantTx } from '../store/tenant-tx.ts';
import { refuseShutOut } from './agents.ts';
import { agentSessions, type Asking, type Pulse, type Standing } from './agent-sessions.ts';
import { endDrain } from './drain-orders.ts';
import type { Generations } from './generations.ts';
import { noteTrust, trustGivenWith } from './trust.ts';

/** What the stream door needs of the fleet. */
export interface LinkSessions {
  /**
   * Begins a session and answers by what it writes: its epoch, by which every older one of the agent is superseded, and the
   * replica that holds it. `also` is done in the same transaction. An agent whose certificate turns out to be a copy is
   * locked.
   * @throws Fault `agent-locked`, `agent-removed`, `agent-cloned`, `certificate-unknown`, `certificate-revoked`
   */
  begin<Also>(identity: AgentIdentity, shown: Showing, hello: Hello, also: (tx: TenantTx, lease: Lease) => Promise<Also>): Promise<Lease & { readonly also: Also }>;
  /** Writes what sessions of one tenant heard lately, and answers what is new for each. */
  pulse(tenant: TenantId, pulses: readonly Pulse[]): Promise<ReadonlyMap<AgentId, News>>;
  /** Answers what is new for each of these sessions, and writes nothing of them. */
  look(tenant: TenantId, sessions: readonly Asking[]): Promise<ReadonlyMap<AgentId, News>>;
  orderReceived(identity: AgentIdentity, orderId: string): Promise<void>;
  /** The agent says which roots it trusts now. */
  trustKept(identity: AgentIdentity, fingerprint: string): Promise<void>;
  /** `endedBy` is a fault's code, or null for a goodbye. */
  end(identity: AgentIdentity, epoch: number, endedBy: string | null): Promise<void>;
}

/** What a stream comes with. */
export interface Showing {
  /** Of its certificate. */
  readonly serial: string;
  readonly remoteAddress: string;
}

/** By what right a session writes. */
export interface Lease {
  readonly epoch: number;
  /** Null where there is only one server and no lease. */
  readonly replica: string | null;
}

/** What a live session may not have heard: it happened on another replica, or while the session began. */
export interface News {
  /** Why the session has to end, or null. */
  readonly over: Fault | null;
  readonly orders: readonly Order[];
  /** Ids of orders that are to end. */
  readonly cancels: readonly string[];
}

export interface LinkSessionsOptions {
  readonly db: Database;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly generations: Generations;
  /** Where orders come from, one a kind. */
  readonly orders: readonly OrderSource[];
  /** The replica under whose lease sessions begin now; left out where there is only one server. */
  readonly replica?: () => string;
}

/** Orders of one kind, durable until the agent says that it has them. */
export interface OrderSource {
  /** What these agents have not confirmed yet. */
  waiting(tx: TenantTx, agents: readonly AgentId[]): Promise<readonly { readonly agent: AgentId; readonly order: Order }[]>;
  /** Those that they may have and that are to end; a source that cannot take orders back leaves it out. */
  cancelled?(tx: TenantTx, agents: readonly AgentId[]): Promise<readonly { readonly agent: AgentId; readonly orderId: string }[]>;
  /** Passes over an order of another kind. */
  received(tx: TenantTx, agent: AgentId, orderId: string): Promise<void>;
}

interface Row {
  readonly locked_at: Date | null;
  readonly removed_at: Date | null;
  readonly drain_received_at: Date | null;
  readonly trust: string | null;
}

export function createLinkSessions({ db, clock, orders, generations, replica: holder }: LinkSessionsOptions): LinkSessions {
  return { begin, pulse, look, orderReceived, trustKept, end };

  async function begin<Also>({ tenant, agent }: AgentIdentity, { serial, remoteAddress }: Showing, hello: Hello, also: (tx: TenantTx, lease: Lease) => Promise<Also>): Promise<Lease & { readonly also: Also }> {
    const replica = holder?.() ?? null;
    const begun = await asTenant(db, tenant, async (tx) => {
      // held until the commit: two streams that arrive at once get two epochs, and whoever locks the agent waits
      const { rows } = await tx.query<Row>('select locked_at, removed_at, drain_received_at, trust from agent where id = $1 for update', [agent]);
      refuseShutOut(agent, rows[0]);
      if (rows[0]?.drain_received_at) await endDrain(tx, agent, hello, now());
      const copied = await generations.use(tx, { agent, serial, remoteAddress }, now());
      if (copied !== null) return copied;
      if (hello.trust === undefined || hello.trust !== rows[0]?.trust) await noteTrust(tx, agent, hello.trust ?? (await trustGivenWith(tx, serial)), now());
      const lease = { epoch: await agentSessions(tx, now()).open(agent, hello, { serial, remoteAddress, replica }), replica };
      return { ...lease, also: await also(tx, lease) };
    });
    if (begun instanceof Fault) throw begun;
    return begun;
  }

  function pulse(tenant: TenantId, pulses: readonly Pulse[]): Promise<ReadonlyMap<AgentId, News>> {
    return asTenant(db, tenant, async (tx) => {
      await agentSessions(tx, now()).beat(pulses);
      return newsOf(tx, pulses);
    });
  }

  function look(tenant: TenantId, sessions: readonly Asking[]): Promise<ReadonlyMap<AgentId, News>> {
    return asTenant(db, tenant, (tx) => newsOf(tx, sessions));
  }

  async function newsOf(tx: TenantTx, asking: readonly Asking[]): Promise<ReadonlyMap<AgentId, News>> {
    const rows = agentSessions(tx, now());
    await rows.heed(asking);
    const standings = await rows.standings(asking);
    const agents = asking.map(({ agent }) => agent);
    const waiting = await gather((source) => source.waiting(tx, agents));
    const cancelled = await gather((source) => source.cancelled?.(tx, agents) ?? Promise.resolve([]));
    const epochs = new Map(asking.map(({ agent, epoch }) => [agent, epoch]));
    return new Map(
      standings.map((standing) => [
        standing.agent,
        { over: whyOver(standing, epochs.get(standing.agent) ?? 0), orders: (waiting.get(standing.agent) ?? []).map(({ order }) => order), cancels: (cancelled.get(standing.agent) ?? []).map(({ orderId }) => orderId) },
      ]),
    );
  }

  async function gather<Item extends { readonly agent: AgentId }>(ask: (source: OrderSource) => Promise<readonly Item[]>): Promise<ReadonlyMap<AgentId, readonly Item[]>> {
    const all: Item[] = [];
    for (const source of orders) all.push(...(await ask(source)));
    return Map.groupBy(all, ({ agent }) => agent);
  }

  function orderReceived({ tenant, agent }: AgentIdentity, orderId: string): Promise<void> {
    return asTenant(db, tenant, async (tx) => {
      for (const source of orders) await source.received(tx, agent, orderId);
    });
  }

  function trustKept({ tenant, agent }: AgentIdentity, fingerprint: string): Promise<void> {
    return asTenant(db, tenant, (tx) => noteTrust(tx, agent, fingerprint, now()));
  }

  function end({ tenant, agent }: AgentIdentity, epoch: number, endedBy: string | null): Promise<void> {
    return asTenant(db, tenant, (tx) => agentSessions(tx, now()).end(agent, epoch, endedBy));
  }

  function now(): Date {
    return new Date(clock());
  }
}

function whyOver({ locked, removed, revoked, newestEpoch, held }: Standing, epoch: number): Fault | null {
  if (removed) return new Fault('agent-removed');
  if (locked) return new Fault('agent-locked');
  if (revoked) return new Fault('certificate-revoked');
  if (newestEpoch > epoch) return new Fault('session-superseded', { epoch, newestEpoch });
  return held ? null : new Fault('replica-lost', { epoch });
}
