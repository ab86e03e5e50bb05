import type { Fault } from '#proto/domain/fault.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import type { LiveSession, LiveSessions } from './live-sessions.ts';

export interface ReachOptions {
  readonly live: Pick<LiveSessions, 'find'>;
  readonly look: (session: LiveSession) => void;
  /** Tells the other replicas, soon and without promise: an agent that was called is found by a poll, too. */
  readonly tell: (agent: AgentId) => void;
}

/** Reaches the stream of an agent on whichever replica it is. To be called after the commit. */
export interface Reach {
  /** There is something to hear for this agent: whoever has its stream looks. */
  readonly wake: (agent: AgentId) => void;
  /** The same, where it is known already that the stream has to end, and why. */
  readonly cut: (agent: AgentId, reason: Fault) => void;
  /** Another replica says that there is something to hear. */
  readonly heard: (agent: AgentId) => void;
}

export function createReach({ live, look, tell }: ReachOptions): Reach {
  return {
    wake(agent) {
      const session = live.find(agent);
      if (session === undefined) tell(agent);
      else look(session);
    },
    cut(agent, reason) {
      live.find(agent)?.cut(reason);
      tell(agent); // the stream that is here may be one that was superseded
    },
    heard(agent) {
      const session = live.find(agent);
      if (session !== undefined) look(session);
    },
  };
}
