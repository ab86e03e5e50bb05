import type { TenantId } from '#proto/domain/identity.ts';
import type { OutboxEvent } from '../store/outbox.ts';
import type { TenantTx } from '../store/tenant-tx.ts';
import { hashEntry, noHash, writeEntry } from './proof/entry.ts';
import { emptyTree, grow, type MerkleTree } from './proof/merkle.ts';

/** Where a trail ends. */
export interface TrailHead {
  readonly tree: MerkleTree;
  /** SHA-256 of the last entry, hexadecimal; zeros where there is none. */
  readonly lastHash: string;
}

const hashBytes = 32;

/** Takes the right to append to a tenant's trail until the transaction ends; false where somebody else has it. */
export async function takeTrail(tx: TenantTx, tenant: TenantId): Promise<boolean> {
  const { rows } = await tx.query<{ taken: boolean }>(`select pg_try_advisory_xact_lock(hashtextextended('audit ' || $1, 0)) as taken`, [tenant]);
  return rows[0]?.taken === true;
}

export async function readHead(tx: TenantTx): Promise<TrailHead> {
  const { rows } = await tx.query<{ size: number; last_hash: Uint8Array; peaks: Uint8Array }>('select size, last_hash, peaks from audit_head');
  const [head] = rows;
  if (head === undefined) return { tree: emptyTree, lastHash: noHash };
  const peaks = Array.from({ length: head.peaks.length / hashBytes }, (_, index) => head.peaks.slice(index * hashBytes, (index + 1) * hashBytes));
  return { tree: { size: head.size, peaks }, lastHash: Buffer.from(head.last_hash).toString('hex') };
}

/** Appends what happened to a trail that `takeTrail` took, in order. */
export async function append(tx: TenantTx, tenant: TenantId, events: readonly OutboxEvent[]): Promise<TrailHead> {
  let head = await readHead(tx);
  const rows = events.map(({ topic, body, createdAt }) => {
    const { tree, lastHash: prev } = head;
    const seq = tree.size + 1;
    const line = writeEntry({ at: createdAt.toISOString(), body, prev, seq, tenant, topic });
    const hash = hashEntry(line);
    head = { tree: grow(tree, Buffer.from(line)), lastHash: hash };
    return { seq, prev, hash, line };
  });
  if (rows.length === 0) return head;
  await tx.query(
    `insert into audit_entry (tenant, seq, prev_hash, hash, line)
     select $1, seq, decode(prev, 'hex'), decode(hash, 'hex'), line
     from jsonb_to_recordset($2::jsonb) as entry (seq bigint, prev text, hash text, line text) order by seq`,
    [tenant, JSON.stringify(rows)],
  );
  await tx.query(
    `insert into audit_head (tenant, size, last_hash, peaks) values ($1, $2, $3, $4)
     on conflict (tenant) do update set size = excluded.size, last_hash = excluded.last_hash, peaks = excluded.peaks`,
    [tenant, head.tree.size, Buffer.from(head.lastHash, 'hex'), Buffer.concat(head.tree.peaks)],
  );
  return head;
}
