import type { Json } from '#proto/domain/json.ts';
import type { TenantTx } from '../../store/tenant-tx.ts';

/** Something that happened in an execution, as those who watch are told. The numbers only grow. */
export interface ExecutionTold {
  readonly ordinal: number;
  readonly at: Date;
  readonly kind: 'step' | 'output' | 'ended';
  readonly position: number | null;
  /** Of a step or of the whole. */
  readonly body: Json;
  /** Of output. */
  readonly stream: 'stdout' | 'stderr' | null;
  readonly atMs: number | null;
  readonly text: string | null;
}

interface EventRow {
  readonly ordinal: number;
  readonly at: Date;
  readonly kind: ExecutionTold['kind'];
  readonly position: number | null;
  readonly body: Json;
  readonly stream: 'stdout' | 'stderr' | null;
  readonly at_ms: number | null;
  readonly data: Uint8Array | null;
}

/** The caller holds the execution's row, or events would be seen out of their order. */
export async function tellEvent(tx: TenantTx, execution: string, event: { readonly kind: 'step' | 'ended'; readonly position: number | null; readonly body: Json; readonly at: Date }): Promise<void> {
  await tx.query('insert into execution_event (execution, at, kind, position, body) values ($1, $2, $3, $4, $5::jsonb)', [execution, event.at, event.kind, event.position, JSON.stringify(event.body)]);
}

/** A piece of output. */
export interface OutputPiece {
  readonly piece: number;
  readonly stream: 'stdout' | 'stderr';
  readonly atMs: number;
  readonly data: Uint8Array;
}

/** What wrote it, and when it came. */
export interface OutputOrigin {
  readonly execution: string;
  readonly position: number;
  readonly lease: string;
  readonly at: Date;
}

/** So many pieces are written by one statement. */
const piecesAtOnce = 100;

/** Pieces that came already are passed over. The caller holds the execution's row. */
export async function tellOutput(tx: TenantTx, { execution, position, lease, at }: OutputOrigin, pieces: readonly OutputPiece[]): Promise<void> {
  for (let from = 0; from < pieces.length; from += piecesAtOnce) {
    const some = pieces.slice(from, from + piecesAtOnce);
    const rows = some.map((_, index) => `($1, $2, 'output', $3, $4, $${index * 4 + 5}, $${index * 4 + 6}, $${index * 4 + 7}, $${index * 4 + 8})`);
    await tx.query(
      `insert into execution_event (execution, at, kind, position, lease, piece, stream, at_ms, data) values ${rows.join(', ')}
       on conflict (tenant, lease, piece) where piece is not null do nothing`,
      [execution, at, position, lease, ...some.flatMap(({ piece, stream, atMs, data }) => [piece, stream, atMs, data])],
    );
  }
}

/** At most so many, and of output no more than about a megabyte at once. */
export async function eventsAfter(tx: TenantTx, execution: string, after: number, limit: number): Promise<readonly ExecutionTold[]> {
  const { rows } = await tx.query<EventRow>(
    `select ordinal, at, kind, position, body, stream, at_ms, data from (
       select *, sum(coalesce(length(data), 0)) over (order by ordinal) - coalesce(length(data), 0) as before
       from (select * from execution_event where execution = $1 and ordinal > $2 order by ordinal limit $3) page
     ) sized where before < 1048576 order by ordinal`,
    [execution, after, limit],
  );
  return rows.map(({ at_ms: atMs, data, ...event }) => ({ ...event, atMs, text: data === null ? null : new TextDecoder().decode(data) }));
}
