import { Fault } from '#proto/domain/fault.ts';
import type { Hello } from '#proto/domain/frame.ts';
import type { AgentId, AgentIdentity, TenantId } from '#proto/domain/identity.ts';
import type { Order } from '#proto/domain/order.ts';
import type { Database } from '../store/database.ts';
import { createGroupCommit, type Patience } from '../store/group-commit.ts';
import { asTenant, type TenantTx } from '../store/tenant-tx.ts';
import { agentSessions, type Asking, type Opening, type Pulse, type Standing } from './agent-sessions.ts';
import { type Begun, beginSessions, type ClaimSpools } from './begin-sessions.ts';
import type { Generations } from './generations.ts';
import { noteTrust } from './trust.ts';

/** What the stream door needs of the fleet. */
export interface LinkSessions {
  /**
   * Begins a session and answers by what it writes: its epoch, by which every older one of the agent is superseded, and the
   * replica that holds it; and how far its spool is committed, of which it is now the one that writes. Sessions that begin at
   * the same time share a commit. An agent whose certificate turns out to be a copy is locked.
   * @throws Fault `agent-locked`, `agent-removed`, `agent-cloned`, `certificate-unknown`, `certificate-revoked`
   */
  begin(identity: AgentIdentity, shown: Showing, hello: Hello): Promise<Begun>;
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
  readonly generations: Pick<Generations, 'useAll'>;
  /** In the transaction in which sessions begin. */
  readonly claim: ClaimSpools;
  /** Where orders come from, one a kind. */
  readonly orders: readonly OrderSource[];
  /** The replica under whose lease sessions begin now; left out where there is only one server. */
  readonly replica?: () => string | null;
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

/** Longer than commits take; a server that was paused holds its rows for longer, and nobody should wait for those of others. */
const briefMs = 200;

export function createLinkSessions({ db, clock, orders, generations, claim, replica: holder = () => null }: LinkSessionsOptions): LinkSessions {
  const beginTogether = createGroupCommit<Opening, Begun>({ commit: beginAll, keyOf: ({ agent }) => agent });
  return { begin, pulse, look, orderReceived, trustKept, end };

  function begin({ tenant, agent }: AgentIdentity, shown: Showing, hello: Hello): Promise<Begun> {
    return beginTogether(tenant, { agent, ...shown, hello });
  }

  function beginAll(tenant: TenantId, openings: readonly Opening[], patience: Patience): Promise<readonly (Begun | Fault)[]> {
    const replica = holder();
    const manner = patience === 'brief' ? { lockWaitMs: briefMs } : {};
    return asTenant(db, tenant, (tx) => beginSessions(tx, openings, { generations, claim, replica, now: now() }), manner);
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
