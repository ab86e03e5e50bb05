import type { TenantTx } from '../store/tenant-tx.ts';

/** So many reports are taken in one transaction. */
const atOnce = 200;

/**
 * Forgets reports that came before then and that nothing rests on: not the newest of a stack, and none that opened a
 * finding, has it now, or tells what became of it. Answers how many.
 */
export async function pruneReports(tx: TenantTx, before: Date): Promise<number> {
  const { rows } = await tx.query(
    `delete from report where ordinal in (
       select ordinal from report r where received_at < $1
         and not exists (select from stack where stack.last_report = r.ordinal)
         and not exists (select from finding where finding.first_report = r.ordinal or finding.last_report = r.ordinal)
         and not exists (select from finding_event where finding_event.report = r.ordinal)
       order by ordinal limit $2
     ) returning ordinal`,
    [before, atOnce],
  );
  return rows.length;
}
