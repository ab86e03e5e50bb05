import type { TenantTx } from '../store/tenant-tx.ts';

/** So many executions are taken in one transaction. */
const atOnce = 50;

/** Forgets what steps of executions wrote that ended before then; answers of how many. What happened stays to be seen. */
export async function pruneOutput(tx: TenantTx, before: Date, now: Date): Promise<number> {
  const { rows } = await tx.query<{ id: string }>('select id from execution where ended_at < $1 and output_pruned_at is null order by ended_at limit $2 for update skip locked', [before, atOnce]);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await tx.query(`delete from execution_event where execution = any($1) and kind = 'output'`, [ids]);
  await tx.query('update execution set output_pruned_at = $2 where id = any($1)', [ids, now]);
  return ids.length;
}

/** Forgets executions that ended before then, with their steps, approvals and orders; answers how many. The audit trail keeps what they were. */
export async function pruneExecutions(tx: TenantTx, before: Date): Promise<number> {
  const { rows } = await tx.query<{ id: string }>('delete from execution where id in (select id from execution where ended_at < $1 order by ended_at limit $2 for update skip locked) returning id', [before, atOnce]);
  return rows.length;
}
