import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { asFault } from '#proto/domain/fault.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import type { Database } from '../store/database.ts';
import { asTenant, type TenantTx } from '../store/tenant-tx.ts';
import type { RecordEntry } from './record.ts';

export interface OutputCheckOptions {
  readonly db: Database;
  readonly record: RecordEntry;
  readonly tenants: () => Promise<readonly TenantId[]>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: Pick<Logger, 'error'>;
}

/**
 * What is stored of a step's output, against the hash that its agent gave with the result: the same; cut, where the control
 * plane itself took something out; lost, where pieces are missing; or different, which nothing here explains.
 */
type OutputState = 'same' | 'cut' | 'lost' | 'differs';

interface Unchecked {
  readonly id: string;
  readonly execution: string;
  readonly position: number;
  readonly output_hash: string;
  readonly output_pieces: number;
  readonly output_cut: boolean;
}

/** So many orders are looked at in one round of a tenant, and so many pieces are in memory at once. */
const ordersAtOnce = 20;
const piecesAtOnce = 8;

/** Looks at the output of steps that have ended, once each, and records what is not as the agent said. */
export function createOutputCheck({ db, record, tenants, clock, log }: OutputCheckOptions): () => Promise<void> {
  return async () => {
    try {
      for (const tenant of await tenants()) await checkTenant(tenant);
    } catch (error) {
      log.error({ reason: asFault(error).message }, 'stored output could not be compared'); // the next round looks again
    }
  };

  async function checkTenant(tenant: TenantId): Promise<void> {
    const { rows } = await asTenant(db, tenant, (tx) =>
      tx.query<Unchecked>('select id, execution, position, output_hash, output_pieces, output_cut from step_order where output_hash is not null and output_state is null order by ended_at limit $1', [ordersAtOnce]),
    );
    for (const order of rows) await asTenant(db, tenant, (tx) => check(tx, order));
  }

  async function check(tx: TenantTx, order: Unchecked): Promise<void> {
    const stored = await storedOf(tx, order.id);
    const state = stateOf(order, stored);
    const { rows } = await tx.query<{ step: string }>(
      `update step_order set output_state = $2 where id = $1 and output_state is null
       returning (select step from execution_step s where s.execution = step_order.execution and s.position = step_order.position) as step`,
      [order.id, state],
    );
    const [changed] = rows;
    if (changed === undefined || state === 'same') return; // another replica was first, or there is nothing to tell
    await record(tx, {
      topic: 'step.output-differs',
      by: { system: 'output' },
      at: new Date(clock()),
      body: { execution: order.execution, step: changed.step, lease: order.id, state, told: { hash: order.output_hash, pieces: order.output_pieces }, stored: { ...stored } },
    });
  }
}

function stateOf({ output_hash: hash, output_pieces: told, output_cut: wasCut }: Unchecked, { hash: stored, pieces }: Stored): OutputState {
  if (stored === hash && pieces === told) return 'same';
  if (pieces < told) return 'lost';
  return wasCut ? 'cut' : 'differs';
}

interface Stored {
  readonly hash: string;
  readonly pieces: number;
}

async function storedOf(tx: TenantTx, lease: string): Promise<Stored> {
  const hash = createHash('sha256');
  let pieces = 0;
  for (let after = -1; ; ) {
    const { rows } = await tx.query<{ piece: number; data: Uint8Array }>('select piece, data from execution_event where lease = $1 and piece > $2 order by piece limit $3', [lease, after, piecesAtOnce]);
    const last = rows.at(-1);
    if (last === undefined) return { hash: hash.digest('hex'), pieces };
    for (const { data } of rows) hash.update(data);
    pieces += rows.length;
    after = last.piece;
  }
}
