import { recordReport } from '#control-plane/drift/record-report.ts';
import { openDatabase } from '#control-plane/store/open-database.ts';
import { asTenant, type TenantTx } from '#control-plane/store/tenant-tx.ts';
import type { Database } from '#control-plane/store/database.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import { makeTenant } from '#test/harness/databases.ts';
import { makeAgent } from '#test/harness/link.ts';
import { type Made, reportIdOf, reportOf } from './workload.ts';

/** What a tenant's record says, without times and numbers that differ between two runs. */
export interface Record {
  readonly findings: readonly unknown[];
  readonly reports: readonly string[];
  /** Orders that an agent has confirmed. */
  readonly delivered: readonly string[];
  readonly leftOver: { readonly parts: number; readonly rejected: number };
}

/** The record as it is after the same reports without anything between them and the database. */
export async function undisturbed(db: Database, made: readonly Made[]): Promise<Record> {
  const tenant = await makeTenant(db);
  const agents = new Map<number, Awaited<ReturnType<typeof makeAgent>>>();
  for (const [index, one] of made.entries()) {
    const scannedAt = new Date(Date.UTC(2026, 0, 1) + index).toISOString(); // by a clock that is right
    const agent = agents.get(one.agent) ?? (await makeAgent(db, tenant));
    agents.set(one.agent, agent);
    await asTenant(db, tenant, (tx) => recordReport(tx, { agent, reportId: reportIdOf(one), receivedAt: new Date() }, reportOf({ ...one, scannedAt })));
  }
  return await asTenant(db, tenant, recordOf);
}

/** The record that a world's server has left behind. */
export async function recordLeft({ dataDir, url, tenant }: { readonly dataDir: string; readonly url: string | undefined; readonly tenant: TenantId }): Promise<Record> {
  const db = await openDatabase({ dataDir, url });
  try {
    return await asTenant(db, tenant, recordOf);
  } finally {
    await db.close();
  }
}

async function recordOf(tx: TenantTx): Promise<Record> {
  const { rows: findings } = await tx.query(
    `select s.id as stack, f.fingerprint, f.address, f.severity, f.noise, md5(f.properties::text) as properties, f.resolved_at is null as open,
       (select coalesce(jsonb_object_agg(kind, n), '{}') from (select kind, count(*) as n from finding_event e where e.finding = f.ordinal group by kind) as counted) as events
     from finding f join stack s on s.ordinal = f.stack order by s.id, f.fingerprint`,
  );
  const { rows: reports } = await tx.query<{ id: string }>('select id from report order by id');
  const { rows: left } = await tx.query<{ parts: number; rejected: number }>('select (select count(*) from inbound_part) as parts, (select count(*) from rejected_fact) as rejected');
  const { rows: orders } = await tx.query<{ id: string }>('select id from agent_order where delivered_at is not null order by id');
  return { findings, delivered: orders.map(({ id }) => id), reports: reports.map(({ id }) => id), leftOver: left[0] ?? { parts: 0, rejected: 0 } };
}
