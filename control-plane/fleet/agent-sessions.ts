import type { Hello } from '#proto/domain/frame.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import type { TenantTx } from '../store/tenant-tx.ts';

/** So many sessions of an agent are kept as history. */
const keptSessions = 100;

/** What a live session heard last; many are written at once. */
export interface Pulse {
  readonly agent: AgentId;
  readonly epoch: number;
  readonly atMs: number;
  readonly spoolFacts: number;
  readonly spoolBytes: number;
  /** Codes of what the agent says is wrong with it. */
  readonly alerts: readonly string[];
}

/** A session that asks how it stands. */
export type Asking = Pick<Pulse, 'agent' | 'epoch'>;

/** How an agent stands in the database, which a session may not have heard of. */
export interface Standing {
  readonly agent: AgentId;
  readonly newestEpoch: number;
  /** The replica that has the session still holds its lease. */
  readonly held: boolean;
  /** The certificate of the session that pulses was revoked. */
  readonly revoked: boolean;
  readonly locked: boolean;
  readonly removed: boolean;
}

/** What a session begins with. */
export interface Opening {
  readonly agent: AgentId;
  /** Of the certificate that it came with. */
  readonly serial: string;
  readonly remoteAddress: string;
  /** What the agent says of itself. */
  readonly hello: Hello;
}

/**
 * The rows of `agent_session`. Where a statement joins what it is given, it also says `= any(…)`: the planner does not know
 * how little that is, and would rather read all sessions of the tenant than look each up.
 */
export function agentSessions(tx: TenantTx, now: Date) {
  return { open, beat, heed, standings, end };

  /**
   * Begins sessions of several agents, one each, and answers their epochs; all earlier ones of these agents are superseded.
   * The caller holds the agents' rows, and took them in an earlier statement: this one has to see what was committed until then.
   */
  async function open(openings: readonly Opening[], replica: string | null): Promise<ReadonlyMap<AgentId, number>> {
    const asked = openings.map(({ agent, serial, remoteAddress, hello: { agentVersion, hostname, os, arch, capabilities } }) => ({ agent, serial, address: remoteAddress, version: agentVersion, hostname, os, arch, capabilities }));
    const { rows } = await tx.query<{ agent: AgentId; epoch: number }>(
      `with asked as materialized (
         select sent.*, coalesce((select max(epoch) from agent_session own where own.agent = sent.agent), 0) as last
         from jsonb_to_recordset($1::jsonb) as sent (agent uuid, serial text, address text, version text, hostname text, os text, arch text, capabilities text[])
       ), opened as (
         insert into agent_session (agent, epoch, connected_at, last_heartbeat_at, remote_address, agent_version, hostname, os, arch, capabilities, serial, replica)
         select agent, last + 1, $2, $2, address, version, hostname, os, arch, capabilities, serial, $3 from asked returning agent, epoch
       ), superseded as (
         update agent_session old set disconnected_at = $2, ended_by = 'session-superseded' from asked
         where old.agent = asked.agent and old.agent = any($4) and old.disconnected_at is null and old.epoch > asked.last + 1 - ${keptSessions}
       ), forgotten as (
         delete from agent_session old using asked
         where old.agent = asked.agent and old.agent = any($4) and old.epoch <= asked.last + 1 - ${keptSessions} and old.epoch <= (select max(last) + 1 - ${keptSessions} from asked)
       ), seen as (
         update agent set version = asked.version, hostname = asked.hostname, last_seen_at = $2 from asked where agent.id = asked.agent and agent.id = any($4)
       )
       select agent, epoch from opened`,
      [JSON.stringify(asked), now, replica, asked.map(({ agent }) => agent)],
    );
    return new Map(rows.map(({ agent, epoch }) => [agent, epoch]));
  }

  /** Writes what was heard. A session that is over stays so. */
  async function beat(pulses: readonly Pulse[]): Promise<void> {
    await tx.query(
      `update agent_session session
       set last_heartbeat_at = to_timestamp("atMs" / 1000), spool_facts = "spoolFacts", spool_bytes = "spoolBytes", alerts = pulse.alerts
       from jsonb_to_recordset($1::jsonb) as pulse (agent uuid, epoch bigint, "atMs" double precision, "spoolFacts" bigint, "spoolBytes" bigint, alerts text[])
       where session.agent = pulse.agent and session.agent = any($2) and session.epoch = pulse.epoch and session.disconnected_at is null`,
      [JSON.stringify(pulses), pulses.map(({ agent }) => agent)],
    );
  }

  /**
   * Notes that these sessions look now, before they look: what is written afterwards calls them again. A row that somebody
   * is writing is passed over, and not waited for; it still calls when that is done. So does one of an agent whose newest
   * session is another.
   */
  async function heed(sessions: readonly Asking[]): Promise<void> {
    await tx.query(
      `update agent_command set heeded = raised where agent in (
         select command.agent from agent_command command
         join unnest($1::uuid[], $2::bigint[]) as asking (agent, epoch) on asking.agent = command.agent and command.agent = any($1)
         where command.raised > command.heeded and not exists (select from agent_session newer where newer.agent = asking.agent and newer.epoch > asking.epoch)
         for update of command skip locked)`,
      columns(sessions),
    );
  }

  async function standings(sessions: readonly Asking[]): Promise<readonly Standing[]> {
    const { rows } = await tx.query<Standing>(
      `select agent.id as agent, agent.locked_at is not null as locked, agent.removed_at is not null as removed,
         coalesce(certificate.revoked_at is not null, false) as revoked,
         own.disconnected_at is null and (own.replica is null or exists (select from replica where id = own.replica)) as held,
         (select max(session.epoch) from agent_session session where session.agent = agent.id) as "newestEpoch"
       from unnest($1::uuid[], $2::bigint[]) as asking (agent, epoch)
       join agent on agent.id = asking.agent and agent.id = any($1)
       join agent_session own on own.agent = asking.agent and own.agent = any($1) and own.epoch = asking.epoch
       left join certificate on certificate.serial = own.serial and certificate.agent = own.agent`,
      columns(sessions),
    );
    return rows;
  }

  async function end(agent: AgentId, epoch: number, endedBy: string | null): Promise<void> {
    await tx.query(
      'update agent_session set disconnected_at = $4, ended_by = $3 where agent = $1 and epoch = $2 and disconnected_at is null',
      [agent, epoch, endedBy, now],
    );
  }
}

function columns(sessions: readonly Asking[]): readonly unknown[] {
  return [sessions.map(({ agent }) => agent), sessions.map(({ epoch }) => epoch)];
}
