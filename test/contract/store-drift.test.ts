import { expect, test } from 'vitest';
import { createDrift } from '#control-plane/drift/drift.ts';
import { recordReport, type Recorded } from '#control-plane/drift/record-report.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import { toAgentId, type TenantId } from '#proto/domain/identity.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { eachDatabase, makeTenant } from '#test/harness/databases.ts';
import { makeFinding, makeReport } from '#test/harness/reports.ts';

const agent = toAgentId('00000000-0000-4000-8000-000000000001');

eachDatabase('drift', (db) => {
  test('a report comes back whole', async () => {
    const tenant = await makeTenant(db());
    const report = makeReport([makeFinding('aws_instance.b'), makeFinding('aws_instance.a', { noise: true })]);

    await record(tenant, report);

    const { stack, agent: reporter, receivedAt, id, ...told } = await createDrift(db()).latestReport(tenant, report.id);
    expect({ ...told, id: stack }).toEqual(report);
    expect(reporter).toBe(agent);
  });

  function record(tenant: TenantId, report: StackReport, reportId: string = crypto.randomUUID(), receivedAt = new Date('2026-06-01T00:00:00Z')): Promise<Recorded> {
    return asTenant(db(), tenant, (tx) => recordReport(tx, { agent, reportId, receivedAt }, report));
  }
});
