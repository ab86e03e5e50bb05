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

/** What a session begins with, beside what the agent says of itself. */
export interface Opening {
  /** Of the certificate that it came with. */
  readonly serial: string;
  readonly remoteAddress: string;
  /** The replica that holds the stream; null where there is only this one and no lease. */
  readonly replica: string | null;
}

/** The rows of `agent_session`. */
export function agentSessions(tx: TenantTx, now: Date) {
  return { open, beat, heed, standings, end };

  /** Begins a session and answers its epoch; all earlier ones of the agent are superseded. The caller holds the agent's row. */
  async function open(agent: AgentId, hello: Hello, { serial, remoteAddress, replica }: Opening): Promise<number> {
    const { rows } = await tx.query<{ epoch: number }>(
      `with last as materialized (
         select coalesce(max(epoch), 0) as epoch from agent_session where agent = $1
       ), opened as (
         insert into agent_session (agent, epoch, connected_at, last_heartbeat_at, remote_address, agent_version, hostname, os, arch, capabilities, serial, replica)
         select $1, epoch + 1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10 from last returning epoch
       ), superseded as (
         update agent_session set disconnected_at = $2, ended_by = 'session-superseded'
         where agent = $1 and disconnected_at is null and epoch > (select epoch + 1 - ${keptSessions} from last)
       ), forgotten as (
         delete from agent_session where agent = $1 and epoch <= (select epoch + 1 - ${keptSessions} from last)
       ), seen as (
         update agent set version = $4, hostname = $5, last_seen_at = $2 where id = $1
       )
       select epoch from opened`,
      [agent, now, remoteAddress, hello.agentVersion, hello.hostname, hello.os, hello.arch, hello.capabilities, serial, replica],
    );
    return rows[0]?.epoch ?? 1;
  }

  /** Writes what was heard. A session that is over stays so. */
  async function beat(pulses: readonly Pulse[]): Promise<void> {
    await tx.query(
      `update agent_session session
       set last_heartbeat_at = to_timestamp("atMs" / 1000), spool_facts = "spoolFacts", spool_bytes = "spoolBytes", alerts = pulse.alerts
       from jsonb_to_recordset($1::jsonb) as pulse (agent uuid, epoch bigint, "atMs" double precision, "spoolFacts" bigint, "spoolBytes" bigint, alerts text[])
       where session.agent = pulse.agent and session.epoch = pulse.epoch and session.disconnected_at is null`,
      [JSON.stringify(pulses)],
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
         join unnest($1::uuid[], $2::bigint[]) as asking (agent, epoch) on asking.agent = command.agent
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
       join agent on agent.id = asking.agent
       join agent_session own on own.agent = asking.agent and own.epoch = asking.epoch
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
