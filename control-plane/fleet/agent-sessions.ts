import type { Hello } from '#proto/domain/frame.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import type { TenantTx } from '../store/tenant-tx.ts';

/** So many sessions of an agent are kept as history. */
const keptSessions = 100;

/** What is told of live sessions now and then, many agents at once. */
export interface Pulse {
  readonly agent: AgentId;
  readonly epoch: number;
  readonly atMs: number;
  readonly spoolFacts: number;
  readonly spoolBytes: number;
}

/** The rows of `agent_session`. */
export function agentSessions(tx: TenantTx, now: Date) {
  return { open, beat, end };

  /** Begins a session and answers its epoch; all earlier ones of the agent are superseded. */
  async function open(agent: AgentId, hello: Hello, remoteAddress: string): Promise<number> {
    await tx.query('select 1 from agent where id = $1 for update', [agent]); // two that arrive at once get two epochs
    const { rows } = await tx.query<{ epoch: number }>(
      `insert into agent_session (agent, epoch, connected_at, last_heartbeat_at, remote_address, agent_version, hostname, os, arch, capabilities)
       select $1, coalesce(max(epoch), 0) + 1, $8, $8, $2, $3, $4, $5, $6, $7 from agent_session where agent = $1
       returning epoch`,
      [agent, remoteAddress, hello.agentVersion, hello.hostname, hello.os, hello.arch, hello.capabilities, now],
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

  /** Writes what was last heard, and answers the newest epoch of each of these agents. */
  async function beat(pulses: readonly Pulse[]): Promise<ReadonlyMap<AgentId, number>> {
    const { rows } = await tx.query<{ agent: AgentId; newest: number }>(
      `with pulse as (
         select * from jsonb_to_recordset($1::jsonb) as p(agent uuid, epoch bigint, "atMs" double precision, "spoolFacts" bigint, "spoolBytes" bigint)
       ), beaten as (
         update agent_session s
         set last_heartbeat_at = to_timestamp(p."atMs" / 1000), spool_facts = p."spoolFacts", spool_bytes = p."spoolBytes"
         from pulse p where s.agent = p.agent and s.epoch = p.epoch
       ), seen as (
         update agent a set last_seen_at = to_timestamp(p."atMs" / 1000) from pulse p where a.id = p.agent
       )
       select s.agent, max(s.epoch) as newest from agent_session s join pulse p on p.agent = s.agent group by s.agent`,
      [JSON.stringify(pulses)],
    );
    return new Map(rows.map(({ agent, newest }) => [agent, newest]));
  }

  async function end(agent: AgentId, epoch: number, endedBy: string | null): Promise<void> {
    await tx.query(
      'update agent_session set disconnected_at = $4, ended_by = $3 where agent = $1 and epoch = $2 and disconnected_at is null',
      [agent, epoch, endedBy, now],
    );
  }
}
