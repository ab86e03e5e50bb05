import { hostname } from 'node:os';
import type { Logger } from 'pino';
import { asFault, Fault } from '#proto/domain/fault.ts';
import { toAgentId } from '#proto/domain/identity.ts';
import { joinReplicas, type Replica } from './fleet/replicas.ts';
import type { LiveSession, LiveSessions } from './grpc/live-sessions.ts';
import { createReach, type Reach } from './grpc/reach.ts';
import { startRounds } from './rounds.ts';
import type { Database } from './store/database.ts';
import { openPostgresSignals } from './store/postgres-signals.ts';
import { noSignals } from './store/signals.ts';

export interface OpenReplicaOptions {
  readonly db: Database;
  /** Of the Postgres server that others may share; null where the database is embedded. */
  readonly databaseUrl: string | null;
  readonly live: LiveSessions;
  readonly look: (session: LiveSession) => void;
  readonly newId: () => string;
  readonly log: Logger;
  /** What is to be closed in the end goes here. */
  readonly opened: AsyncDisposableStack;
}

/** Five renewals fit into a lease. */
const renewEveryMs = 3_000;
/** Signals bring news within milliseconds; where they are lost or cut off, this does. */
const pollEveryMs = 1_000;

/** Makes this process one of the servers of its database, and what they call each other for reach its streams. */
export async function openReplica({ db, databaseUrl, live, look, newId, log, opened }: OpenReplicaOptions): Promise<{ readonly replica: Replica; readonly reach: Reach }> {
  const replica = await joinReplicas({ db, name: hostname(), newId, log, onLost: cutAll });
  opened.defer(() => replica.leave());
  opened.defer(startRounds(() => replica.round(), renewEveryMs));

  const signals =
    databaseUrl === null
      ? noSignals
      : openPostgresSignals({
          url: databaseUrl,
          onWord: (word) => reach.heard(toAgentId(word)),
          onGap: () => void poll(),
          onBreak: (error) => log.warn({ err: error }, 'other servers cannot be heard; news of agents is looked for every second until they can'),
        });
  opened.defer(() => signals.close());
  const reach = createReach({ live, look, tell: (agent) => signals.tell(agent) });
  opened.defer(startRounds(poll, pollEveryMs));
  return { replica, reach };

  function cutAll(): void {
    for (const session of live.all()) session.cut(new Fault('replica-lost'));
  }

  async function poll(): Promise<void> {
    try {
      for (const agent of await replica.called()) reach.heard(agent);
    } catch (error) {
      log.error({ reason: asFault(error).message }, 'it could not be looked for what agents are called for');
    }
  }
}
