import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createDrift } from '#control-plane/drift/drift.ts';
import { recordReport } from '#control-plane/drift/record-report.ts';
import { createPrune } from '#control-plane/retention.ts';
import { takeEvents } from '#control-plane/store/outbox.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import { sha256 } from '#proto/domain/canonical.ts';
import type { StepFact } from '#proto/domain/fact.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import { eachDatabase, makeTenant } from '#test/harness/databases.ts';
import { makeAgent } from '#test/harness/link.ts';
import { connectAgent, deliveries, endedWith, makeApprover, openRunbooks, resultOf } from '#test/harness/runbooks.ts';
import { makeFinding, makeReport } from '#test/harness/reports.ts';

const dayMs = 86_400_000;

eachDatabase('upkeep', (db) => {
  async function scene() {
    const tenant = await makeTenant(db());
    const agent = await makeAgent(db(), tenant);
    await connectAgent(db(), tenant, agent);
    const jo = makeApprover(tenant, 'jo');
    const runbooks = openRunbooks(db(), { tenants: async () => [tenant] });
    const { version } = await runbooks.use.importRunbook(jo.person, 'name: look\ntitle: Look\nsteps: [{ id: look, run: systemctl status api }]');
    await runbooks.use.setTrust(jo.person, 'look', version, { trust: 'approve' });
    return { tenant, agent, jo, runbooks, run };

    /** Has a step write these pieces and tell that it wrote those. */
    async function run(sent: readonly string[], told: readonly string[] = sent): Promise<string> {
      const { id } = await runbooks.use.startExecution(jo.person, { runbook: 'look', agent, parameters: {} });
      const [waiting] = await deliveries(db(), runbooks, tenant, agent);
      if (waiting === undefined) throw new Error('no order waits');
      const { lease: orderId } = waiting.order;
      const outputs = sent.map((text, index): StepFact => ({ kind: 'step-output', orderId, index, stream: 'stdout', atMs: index, data: Buffer.from(text) }));
      const ending = { ...endedWith(0), outputHash: sha256(Buffer.from(told.join(''))), outputFacts: told.length } as ReturnType<typeof endedWith>;
      const facts: readonly StepFact[] = [{ kind: 'step-started', orderId, startedAtMs: 1 }, ...outputs, { kind: 'step-end', orderId, result: resultOf(waiting.order, ending) }];
      await asTenant(db(), tenant, (tx) => runbooks.recordFacts(tx, { tenant, agent, receivedAt: new Date() }, facts));
      return id;
    }
  }

  async function recorded(tenant: TenantId, topic: string): Promise<readonly unknown[]> {
    const events = await asTenant(db(), tenant, (tx) => takeEvents(tx, 1000));
    return events.filter((event) => event.topic === topic).map(({ body }) => body);
  }

  test('output that is stored as its agent sent it is nothing to tell of', async () => {
    const { tenant, run, runbooks } = await scene();
    await run(['one\n', 'two\n']);
    await run([]);

    await runbooks.checkOutput();

    expect(await recorded(tenant, 'step.output-differs')).toEqual([]);
  });

  test.each([
    ['lost', ['one\n'], ['one\n', 'two\n']],
    ['differs', ['one\n'], ['eins\n']],
    ['cut', ['key AKIAQ3EGRIT5NXTDZKLP here\n'], ['key AKIAQ3EGRIT5NXTDZKLP here\n']],
  ])('output that is %s is told in the record, once', async (state, sent, told) => {
    const { tenant, run, runbooks } = await scene();
    const execution = await run(sent, told);

    await runbooks.checkOutput();
    await runbooks.checkOutput();

    expect(await recorded(tenant, 'step.output-differs')).toMatchObject([{ execution, step: 'look', state, told: { hash: sha256(Buffer.from(told.join(''))), pieces: told.length }, by: { system: 'output' } }]);
  });

  test('what steps wrote is forgotten first, later the execution, and never what is in the record', async () => {
    const { tenant, run, runbooks } = await scene();
    const id = await run(['one\n']);
    const log = { info: () => {}, error: (told: unknown) => { throw new Error(JSON.stringify(told)); } };
    const pruneAfter = (days: number) => createPrune({ db: db(), keep: { outputDays: 1, executionDays: 3, reportDays: 0 }, tenants: async () => [tenant], clock: () => Date.now() + days * dayMs, log })();
    const outputs = () => asTenant(db(), tenant, async (tx) => (await tx.query(`select 1 from execution_event where execution = $1 and kind = 'output'`, [id])).rows.length);

    await pruneAfter(0);
    expect(await outputs()).toBe(1);

    await pruneAfter(2);
    expect(await outputs()).toBe(0);
    expect(await runbooks.use.getExecution(tenant, id)).toMatchObject({ standing: 'succeeded' });

    await pruneAfter(4);
    await expect(runbooks.use.getExecution(tenant, id)).rejects.toMatchObject({ code: 'not-found' });
    expect(await recorded(tenant, 'execution.ended')).toMatchObject([{ execution: id }]);
  });

  test('of reports those stay on which a finding rests, and the newest of each stack', async () => {
    const tenant = await makeTenant(db());
    const agent = await makeAgent(db(), tenant);
    const told = [1, 2, 3, 4].map((day) => makeReport(day === 4 ? [] : [makeFinding('a.b')], { scannedAt: `2026-03-0${day}T00:00:00.000Z` }));
    for (const report of told) await asTenant(db(), tenant, (tx) => recordReport(tx, { agent, reportId: randomUUID(), receivedAt: new Date(report.scannedAt) }, report));
    const log = { info: () => {}, error: (problem: unknown) => { throw new Error(JSON.stringify(problem)); } };

    await createPrune({ db: db(), keep: { outputDays: 0, executionDays: 0, reportDays: 30 }, tenants: async () => [tenant], clock: () => Date.parse('2026-06-01'), log })();

    const days = await asTenant(db(), tenant, async (tx) => (await tx.query<{ day: number }>('select extract(day from observed_at at time zone \'UTC\')::int as day from report order by ordinal')).rows.map(({ day }) => day));
    expect(days).toEqual([1, 3, 4]);
    const { items } = await createDrift(db()).listFindings(tenant, { limit: 10, state: 'all', noise: 'show' });
    expect(items).toMatchObject([{ address: 'a.b', resolvedAt: expect.any(String) }]);
  });
});
