import type { AgentId } from '#proto/domain/identity.ts';
import type { Labels } from './join-tokens.ts';

/**
 * How an agent stands: `online` it has a stream and is heard from; `lost` its stream broke off or fell silent, or the
 * server that held it is gone;
 * `enrolled` it has no stream and is not missed, for it has not come yet or said goodbye; `draining` it is to finish and to
 * end, and has not yet; `drained` it did, and waits to be started again; `locked`, `removed` by an operator.
 */
export type AgentState = 'online' | 'lost' | 'enrolled' | 'draining' | 'drained' | 'locked' | 'removed';

/** An agent as an operator sees it. Times are RFC 3339. */
export interface AgentView {
  readonly id: AgentId;
  readonly name: string;
  readonly state: AgentState;
  readonly version: string;
  readonly hostname: string;
  /** Known once it connected. */
  readonly os: string | null;
  readonly arch: string | null;
  /** The latest that it was given. */
  readonly certificate: { readonly serial: string; readonly notAfter: string } | null;
  /** As its join token said; an agent has no say in them. */
  readonly labels: Labels;
  /** Codes of what it said is wrong with it, in its latest session. */
  readonly alerts: string[];
  readonly enrolledAt: string;
  readonly lastSeen: string | null;
}

/** What `agentColumns` answers. */
export interface AgentRow {
  readonly id: AgentId;
  readonly name: string;
  readonly hostname: string;
  readonly version: string;
  readonly labels: Labels;
  readonly enrolled_at: Date;
  readonly last_seen_at: Date | null;
  readonly locked_at: Date | null;
  readonly removed_at: Date | null;
  readonly drain_asked_at: Date | null;
  readonly drain_received_at: Date | null;
  readonly session_hostname: string | null;
  readonly session_version: string | null;
  readonly os: string | null;
  readonly arch: string | null;
  readonly heard_at: Date | null;
  readonly alerts: readonly string[] | null;
  readonly disconnected_at: Date | null;
  readonly ended_by: string | null;
  readonly is_held: boolean;
  readonly serial: string | null;
  readonly not_after: Date | null;
}

/** Agents with their newest session and their latest certificate. */
export const agentColumns = `
  select a.id, a.name, a.hostname, a.version, a.labels, a.enrolled_at, a.last_seen_at, a.locked_at, a.removed_at, a.drain_asked_at, a.drain_received_at,
    s.hostname as session_hostname, s.agent_version as session_version, s.os, s.arch,
    s.last_heartbeat_at as heard_at, s.alerts, s.disconnected_at, s.ended_by, (s.replica is null or exists (select from replica where id = s.replica)) as is_held, c.serial, c.not_after
  from agent a
  left join lateral (
    select * from agent_session where tenant = a.tenant and agent = a.id order by epoch desc limit 1
  ) s on true
  left join lateral (
    select serial, not_after from certificate where tenant = a.tenant and agent = a.id order by issued_at desc, serial desc limit 1
  ) c on true`;

/** `silentSinceMs`: one that was not heard from since then is lost. */
export function toAgentView(row: AgentRow, silentSinceMs: number): AgentView {
  return {
    id: row.id,
    name: row.name,
    state: stateOf(row, silentSinceMs),
    version: row.session_version ?? row.version,
    hostname: row.session_hostname ?? row.hostname,
    os: row.os,
    arch: row.arch,
    certificate: row.serial === null || row.not_after === null ? null : { serial: row.serial, notAfter: row.not_after.toISOString() },
    labels: row.labels,
    alerts: [...(row.alerts ?? [])],
    enrolledAt: row.enrolled_at.toISOString(),
    lastSeen: latest(row.last_seen_at, row.heard_at)?.toISOString() ?? null,
  };
}

function stateOf({ removed_at, locked_at, drain_asked_at, drain_received_at, heard_at, disconnected_at, ended_by, is_held }: AgentRow, silentSinceMs: number): AgentState {
  if (removed_at !== null) return 'removed';
  if (locked_at !== null) return 'locked';
  if (drain_received_at !== null && disconnected_at !== null && ended_by === null) return 'drained';
  if (drain_asked_at !== null) return 'draining';
  if (heard_at === null) return 'enrolled';
  if (disconnected_at !== null) return ended_by === null ? 'enrolled' : 'lost';
  return is_held && heard_at.getTime() > silentSinceMs ? 'online' : 'lost';
}

function latest(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
