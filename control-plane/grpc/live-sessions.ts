import { Fault } from '#proto/domain/fault.ts';
import type { AgentId, AgentIdentity } from '#proto/domain/identity.ts';
import type { Pulse } from '../fleet/agent-sessions.ts';
import type { News } from '../fleet/link-sessions.ts';

/** A stream that has said Hello and was welcomed. */
export interface LiveSession {
  readonly identity: AgentIdentity;
  readonly epoch: number;
  /** What the agent said of its spool last, and when anything was heard of it. */
  vitals(): Pulse;
  /** Ends it now, with this reason. */
  cut(fault: Fault): void;
  /** Obeys what the database knows and this session did not: ends, or sends the orders that it has not sent yet. */
  heed(news: News): void;
  /** The authority that issued its certificate. */
  readonly issuer: string;
  /** Offers the roots that are to be trusted now, where the agent takes them from the stream. */
  entrust(): void;
  /** Asks the agent to finish, says why, and lets it come back after so many milliseconds. */
  drain(reason: string, reconnectAfterMs: number): void;
}

/** The streams of this process, one an agent. */
export interface LiveSessions {
  readonly size: number;
  /** The newest epoch stays; the other is cut as superseded. */
  add(session: LiveSession): void;
  /** `lastWords` is what is still being written about it. */
  remove(session: LiveSession, lastWords: Promise<void>): void;
  /** Resolves when nothing is being written any more about sessions that are over. */
  settled(): Promise<void>;
  find(agent: AgentId): LiveSession | undefined;
  all(): readonly LiveSession[];
}

export function createLiveSessions(): LiveSessions {
  const sessions = new Map<AgentId, LiveSession>();
  const endings = new Set<Promise<void>>();

  return {
    get size() {
      return sessions.size;
    },
    add(session) {
      const other = sessions.get(session.identity.agent);
      const isNewest = other === undefined || other.epoch < session.epoch;
      if (isNewest) sessions.set(session.identity.agent, session);
      (isNewest ? other : session)?.cut(new Fault('session-superseded'));
    },
    remove(session, lastWords) {
      if (sessions.get(session.identity.agent) === session) sessions.delete(session.identity.agent);
      endings.add(lastWords);
      void lastWords.finally(() => endings.delete(lastWords));
    },
    async settled() {
      await Promise.all(endings);
    },
    find: (agent) => sessions.get(agent),
    all: () => [...sessions.values()],
  };
}
