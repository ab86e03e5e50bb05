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

/** How an agent stands in the database, which a session may not have heard of. */
export interface Standing {
  readonly agent: AgentId;
  readonly newestEpoch: number;
  /** The certificate of the session that pulses was revoked. */
  readonly revoked: boolean;
  readonly locked: boolean;
  readonly removed: boolean;
}

/** The rows of `agent_session`. */
export function agentSessions(tx: TenantTx, now: Date) {
  return { open, beat, end };

  /** Begins a session and answers its epoch; all earlier ones of the agent are superseded. The caller holds the agent's row. */
  async function open(agent: AgentId, serial: string, hello: Hello, remoteAddress: string): Promise<number> {
    const { rows } = await tx.query<{ epoch: number }>(
      `insert into agent_session (agent, epoch, connected_at, last_heartbeat_at, remote_address, agent_version, hostname, os, arch, capabilities, serial)
       select $1, coalesce(max(epoch), 0) + 1, $2, $2, $3, $4, $5, $6, $7, $8, $9 from agent_session where agent = $1
       returning epoch`,
      [agent, now, remoteAddress, hello.agentVersion, hello.hostname, hello.os, hello.arch, hello.capabilities, serial],
    );
    const epoch = rows[0]?.epoch ?? 1;
    await tx.query('update agent set version = $2, hostname = $3, last_seen_at = $4 where id = $1', [agent, hello.agentVersion, hello.hostname, now]);
    await tx.query(
      `update agent_session set disconnected_at = $3, ended_by = 'session-superseded'
       where agent = $1 and epoch < $2 and disconnected_at is null`,
      [agent, epoch, now],
    );
    await tx.query('delete from agent_session where agent = $1 and epoch <= $2', [agent, epoch - keptSessions]);
    return epoch;
  }

  /** Writes what was heard, and answers how each of these agents stands. */
  async function beat(pulses: readonly Pulse[]): Promise<readonly Standing[]> {
    const { rows } = await tx.query<Standing>(
      `with pulse as materialized (
         select * from jsonb_to_recordset($1::jsonb) as sent (agent uuid, epoch bigint, "atMs" double precision, "spoolFacts" bigint, "spoolBytes" bigint, alerts text[])
       ), beaten as (
         update agent_session session
         set last_heartbeat_at = to_timestamp("atMs" / 1000), spool_facts = "spoolFacts", spool_bytes = "spoolBytes", alerts = pulse.alerts
         from pulse where session.agent = pulse.agent and session.epoch = pulse.epoch
       ), seen as (
         update agent set last_seen_at = to_timestamp("atMs" / 1000) from pulse where agent.id = pulse.agent
       )
       select agent.id as agent,
         exists (select from agent_session own join pulse on own.agent = pulse.agent and own.epoch = pulse.epoch
           join certificate c on c.agent = own.agent and c.serial = own.serial where own.agent = agent.id and c.revoked_at is not null) as revoked,
         agent.locked_at is not null as locked, agent.removed_at is not null as removed,
         (select max(session.epoch) from agent_session session where session.agent = agent.id) as "newestEpoch"
       from agent where id in (select pulse.agent from pulse)`,
      [JSON.stringify(pulses)],
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
