import { Fault } from '#proto/domain/fault.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import type { TenantTx } from '../store/tenant-tx.ts';
import type { Assembly } from './assemble.ts';

/** How far one spool of one agent is committed, and what of it is still open. */
export interface Cursor extends Assembly {
  readonly throughSeq: number;
}

/** One spool of one agent, and the session that speaks for it. */
export interface SpoolSession {
  readonly agent: AgentId;
  readonly spool: string;
  readonly epoch: number;
  /** The replica that holds the session, while it has its lease; null where there is only one server. */
  readonly replica?: string | null;
}

interface CursorRow {
  readonly held: boolean;
  readonly through_seq: number;
  readonly epoch: number;
  readonly open_report: string | null;
  readonly open_chunks: number;
  readonly open_bytes: number;
  readonly got_chunks: number;
  readonly got_bytes: number;
  readonly skipping_report: string | null;
}

/** Makes these sessions, of one agent each, the ones that may write, and answers in their order how far each spool is committed. */
export async function claimSpools(tx: TenantTx, sessions: readonly SpoolSession[], now: Date): Promise<readonly number[]> {
  const { rows } = await tx.query<{ agent: AgentId; through_seq: number }>(
    `insert into inbound_spool (agent, spool, epoch, moved_at) select agent, spool, epoch, $4 from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as claimed (agent, spool, epoch)
     on conflict (tenant, agent, spool) do update set epoch = greatest(inbound_spool.epoch, excluded.epoch)
     returning agent, through_seq`,
    [sessions.map(({ agent }) => agent), sessions.map(({ spool }) => spool), sessions.map(({ epoch }) => epoch), now],
  );
  const reached = new Map(rows.map((row) => [row.agent, row.through_seq]));
  return sessions.map(({ agent }) => reached.get(agent) ?? 0);
}

/** The rows of `inbound_spool`, `inbound_part` and `rejected_fact` that belong to one session. */
export type SpoolCursor = ReturnType<typeof spoolCursor>;

export function spoolCursor(tx: TenantTx, { agent, spool, epoch, replica = null }: SpoolSession, now: Date) {
  return { lock, move, keepChunks, keptChunks, discardChunks, recordRejection };

  /**
   * Holds the row until the transaction ends, so that no two write the same facts.
   * @throws Fault `session-superseded` where a newer session has claimed the spool, `replica-lost` where this server was
   *   away for so long that others may have
   */
  async function lock(): Promise<Cursor> {
    const { rows } = await tx.query<CursorRow>(
      'select *, $3::uuid is null or exists (select from replica where id = $3) as held from inbound_spool where agent = $1 and spool = $2 for update',
      [agent, spool, replica],
    );
    const [row] = rows;
    if (row === undefined || row.epoch !== epoch) throw new Fault('session-superseded', { epoch, newest: row?.epoch });
    if (!row.held) throw new Fault('replica-lost', { epoch });
    return { throughSeq: row.through_seq, open: toOpenReport(row), skipping: row.skipping_report };
  }

  async function move({ throughSeq, open, skipping }: Cursor): Promise<void> {
    await tx.query(
      `update inbound_spool
       set through_seq = $3, open_report = $4, open_chunks = $5, open_bytes = $6, got_chunks = $7, got_bytes = $8, skipping_report = $9, moved_at = $10
       where agent = $1 and spool = $2`,
      [agent, spool, throughSeq, open?.begin.reportId, open?.begin.chunks, open?.begin.totalBytes, open?.chunks, open?.bytes, skipping, now],
    );
  }

  async function keepChunks(chunks: readonly { readonly seq: number; readonly data: Uint8Array }[]): Promise<void> {
    for (const { seq, data } of chunks) {
      await tx.query('insert into inbound_part (agent, spool, seq, data) values ($1, $2, $3, $4)', [agent, spool, seq, data]);
    }
  }

  async function keptChunks(): Promise<readonly Uint8Array[]> {
    const { rows } = await tx.query<{ data: Uint8Array }>('select data from inbound_part where agent = $1 and spool = $2 order by seq', [agent, spool]);
    return rows.map(({ data }) => data);
  }

  async function discardChunks(): Promise<void> {
    await tx.query('delete from inbound_part where agent = $1 and spool = $2', [agent, spool]);
  }

  async function recordRejection(seq: number, reportId: string | null, fault: Fault): Promise<void> {
    await tx.query(
      'insert into rejected_fact (agent, spool, seq, report, code, message, rejected_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [agent, spool, seq, reportId, fault.code, fault.message, now],
    );
  }
}

function toOpenReport(row: CursorRow): Assembly['open'] {
  if (row.open_report === null) return null;
  return {
    begin: { kind: 'report-begin', reportId: row.open_report, chunks: row.open_chunks, totalBytes: row.open_bytes },
    chunks: row.got_chunks,
    bytes: row.got_bytes,
  };
}
