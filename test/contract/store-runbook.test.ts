import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { recordReport } from '#control-plane/drift/record-report.ts';
import type { ExecutionDetail } from '#control-plane/runbook/execution/view.ts';
import { takeEvents } from '#control-plane/store/outbox.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import { capabilities } from '#proto/domain/capability.ts';
import type { StepFact } from '#proto/domain/fact.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import type { StepOrder } from '#proto/domain/step-order.ts';
import { finding, report } from '#test/fakes/reports.ts';
import { eachDatabase, makeTenant } from '#test/harness/databases.ts';
import { makeAgent } from '#test/harness/link.ts';
import { type Approver, connectAgent, deliveries, endedWith, makeApprover, openRunbooks, restartApi, resultOf, signQuestion } from '#test/harness/runbooks.ts';

eachDatabase('runbooks', (db) => {
  async function scene({ trust = 'approve' as const, document = restartApi, nowMs = Date.now }: { trust?: 'approve' | 'manual' | 'auto'; document?: string; nowMs?: () => number } = {}) {
    const tenant = await makeTenant(db());
    const agent = await makeAgent(db(), tenant);
    await connectAgent(db(), tenant, agent);
    const woken: AgentId[] = [];
    const runbooks = openRunbooks(db(), { nowMs, wake: (id) => woken.push(id), tenants: async () => [tenant] });
    const [jo, kim] = [makeApprover(tenant, 'jo'), makeApprover(tenant, 'kim')];
    for (const who of [jo, kim]) await runbooks.use.addKey(who.person, { publicKey: who.publicKey, name: who.person.name });
    const { name, version } = await runbooks.use.importRunbook(jo.person, document);
    await runbooks.use.setTrust(jo.person, name, version, { trust });
    const start = (change = {}): Promise<ExecutionDetail> => runbooks.use.startExecution(jo.person, { runbook: name, agent, parameters: {}, ...change });
    const tell = (fact: StepFact) => asTenant(db(), tenant, (tx) => runbooks.recordFacts(tx, { tenant, agent, receivedAt: new Date(nowMs()) }, [fact])).then(([fault = null]) => fault);
    const finish = (order: StepOrder, ending = endedWith(0)) => tell({ kind: 'step-end', orderId: order.lease, result: resultOf(order, ending) });
    const next = async (): Promise<StepOrder> => {
      const [first] = await deliveries(db(), runbooks, tenant, agent);
      if (first === undefined) throw new Error('no order waits');
      await asTenant(db(), tenant, (tx) => runbooks.orders.received(tx, agent, first.order.lease));
      return first.order;
    };
    const approveAs = async (who: Approver, id: string) => runbooks.use.approve(who.person, id, signQuestion(await runbooks.use.getQuestion(who.person, id), who));
    const see = (id: string) => runbooks.use.getExecution(tenant, id);
    return { tenant, agent, ...runbooks, jo, kim, start, tell, finish, next, approveAs, see, woken };
  }

  describe('a document', () => {
    test('is one version however often it is imported, and another when it means something else', async () => {
      const { use, jo, tenant } = await scene();
      const [again, other] = [await use.importRunbook(jo.person, `# a comment\n${restartApi}`), await use.importRunbook(jo.person, restartApi.replace('30s', '31s'))];

      expect(again.trust).toBe('approve');
      expect(other).toMatchObject({ trust: 'manual', verdicts: [{ risk: 'read_only' }, { risk: 'caution', parts: { run: { reasons: [{ rule: 'fake-caution' }] } } }] });
      expect((await use.listVersions(tenant, 'restart-api')).map(({ version }) => version)).toEqual([other.version, again.version]);
      expect((await use.listRunbooks(tenant, { limit: 10 })).items).toMatchObject([{ name: 'restart-api', version: other.version, steps: 2 }]);
    });
  });

  describe('an execution', () => {
    test('looks by itself, asks before it acts, and goes on with the answer', async () => {
      const { start, next, finish, kim, approveAs, see, woken, agent, use, tenant } = await scene();
      const { id } = await start();
      const looking = await next();
      expect([looking.plan.step.run, looking.plan.risk]).toEqual([{ kind: 'command', words: ['systemctl', 'status', 'api'] }, 'read_only']);
      expect(await finish(looking)).toBeNull();
      expect(await see(id)).toMatchObject({ standing: 'waiting', at: 'fix', steps: [{ how: 'done', result: { ending: { outcome: { exit: 0 } } } }, { state: 'waiting', command: 'systemctl restart api' }] });

      expect(await approveAs(kim, id)).toEqual({ execution: id, step: 'fix', missing: 0 });
      expect(woken).toContain(agent);
      const fixing = await next();
      await finish(fixing);

      expect(await see(id)).toMatchObject({ standing: 'succeeded', at: null, endedAt: expect.any(String) });
      expect((await use.listExecutions(tenant, { limit: 5, standing: 'succeeded' })).items.map((each) => each.id)).toEqual([id]);
    });

    test('carries the very bytes that a person signed', async () => {
      const { start, next, finish, kim, approveAs, tenant, agent, ...rest } = await scene();
      const { id } = await start();
      await finish(await next());
      await approveAs(kim, id);

      const [{ delivery, order } = { delivery: null, order: null }] = await deliveries(db(), rest, tenant, agent);

      expect(delivery?.approvals).toHaveLength(1);
      expect(JSON.parse(Buffer.from(delivery?.approvals[0]?.statement ?? []).toString())).toMatchObject({ keyId: kim.keyId, execution: id, planHash: order?.planHash, nonce: order?.nonce });
    });

    test('under manual asks for everything', async () => {
      const { start } = await scene({ trust: 'manual' });

      expect((await start()).steps.map(({ state }) => state)).toEqual(['waiting', 'pending']);
    });

    test('asks before a step is given a secret, however harmless it is', async () => {
      const { start } = await scene({ document: 'name: peek\ntitle: Peek\nsteps: [{ id: peek, run: ls, secrets: [token] }]' });

      expect(await start()).toMatchObject({ standing: 'waiting', steps: [{ needsApproval: true }] });
    });

    test('that is forbidden does not begin, whatever the trust', async () => {
      const { use, jo, agent } = await scene({ trust: 'auto' });
      const { version } = await use.importRunbook(jo.person, 'name: wipe\ntitle: Wipe\nsteps: [{ id: wipe, run: rm -rf /data }]');
      await use.setTrust(jo.person, 'wipe', version, { trust: 'auto' });

      await expect(use.startExecution(jo.person, { runbook: 'wipe', agent, parameters: {} })).rejects.toMatchObject({ code: 'runbook-forbidden', facts: { step: 'wipe' } });
    });

    test('and no program above the database can let a forbidden step run', async () => {
      const { start, tenant } = await scene();
      const { id } = await start();

      const forcing = asTenant(db(), tenant, (tx) => tx.query(`update execution_step set need = 'never', state = 'ordered' where execution = $1 and position = 1`, [id]));

      await expect(forcing).rejects.toMatchObject({ sqlState: '23514' });
    });

    test('goes to no agent that cannot run steps, and asks no agent that would refuse', async () => {
      const { start, tenant, agent } = await scene();
      await connectAgent(db(), tenant, agent, [capabilities.steps]);
      await expect(start()).rejects.toMatchObject({ code: 'agent-without-approvers', facts: { step: 'fix' } });
      await connectAgent(db(), tenant, agent, []);
      await expect(start()).rejects.toMatchObject({ code: 'agent-cannot-run-steps' });
    });

    test('an agent that has become one without steps is sent none', async () => {
      const { start, tenant, agent, ...rest } = await scene();
      await start();
      await connectAgent(db(), tenant, agent, []);

      expect(await deliveries(db(), rest, tenant, agent)).toEqual([]);
    });

    test('stops at what failed, and can take it back under an approval of its own', async () => {
      const { start, next, finish, kim, jo, approveAs, see, use } = await scene();
      const { id } = await start();
      await finish(await next());
      await approveAs(kim, id);
      await finish(await next(), endedWith(3));
      expect(await see(id)).toMatchObject({ standing: 'failed', steps: [{ how: 'done' }, { how: 'failed', why: expect.stringContaining('exit 3') }] });

      const back = await use.rollBack(jo.person, id, 'fix');
      expect(back).toMatchObject({ rollbackOf: id, standing: 'waiting', steps: [{ part: 'rollback', command: 'systemctl restart old-api' }] });
      await approveAs(kim, back.id);

      expect((await next()).part).toBe('rollback');
      await expect(use.rollBack(jo.person, id, 'look')).rejects.toMatchObject({ code: 'step-without-rollback' });
    });

    test('that is cancelled takes back what no agent has seen, and tells the agent of what it may have', async () => {
      const { start, next, jo, use, see, tenant, agent, orders, finish, ...rest } = await scene();
      const unseen = await start();
      await use.cancelExecution(jo.person, unseen.id);
      expect(await see(unseen.id)).toMatchObject({ standing: 'cancelled', steps: [{ how: 'cancelled' }, { how: 'cancelled' }] });
      expect(await deliveries(db(), { orders }, tenant, agent)).toEqual([]);
      await expect(use.cancelExecution(jo.person, unseen.id)).rejects.toMatchObject({ code: 'execution-over' });

      const { id } = await start();
      const order = await next();
      await rest.tell({ kind: 'step-started', orderId: order.lease, startedAtMs: 1 });
      expect(await use.cancelExecution(jo.person, id)).toMatchObject({ standing: 'running', isCancelled: true });
      expect(await asTenant(db(), tenant, (tx) => orders.cancelled(tx, [agent]))).toEqual([{ agent, orderId: order.lease }]);
      await finish(order, { ...endedWith(0), cancelled: true } as ReturnType<typeof endedWith>);
      expect(await see(id)).toMatchObject({ standing: 'cancelled', steps: [{ how: 'cancelled' }, { how: 'cancelled' }] });
    });
  });

  describe('an approval', () => {
    const asked = async () => {
      const all = await scene();
      const { id } = await all.start();
      await all.finish(await all.next());
      return { ...all, id };
    };

    test('counts once: a second decision finds no question', async () => {
      const { id, kim, jo, approveAs, use } = await asked();
      const question = await use.getQuestion(kim.person, id);
      await approveAs(kim, id);

      await expect(use.approve(kim.person, id, signQuestion(question, kim))).rejects.toMatchObject({ code: 'approval-not-asked' });
      await expect(use.deny(jo.person, id, 'no')).rejects.toMatchObject({ code: 'approval-not-asked' });
    });

    test('given twice at the same moment lets the step go once', async () => {
      const { id, kim, jo, use, ...rest } = await asked();
      const question = await use.getQuestion(kim.person, id);

      const given = await Promise.allSettled([kim, jo].map((who) => use.approve(who.person, id, signQuestion(question, who))));

      expect(given.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(await deliveries(db(), rest, rest.tenant, rest.agent)).toHaveLength(1);
    });

    test('for anything else is none for this one', async () => {
      const { id, kim, use, see } = await asked();
      const others = [{ execution: randomUUID() }, { step: 'look' }, { planHash: '00'.repeat(32) }, { tenant: randomUUID() }, { agent: randomUUID() }, { nonce: '00'.repeat(32) }, { part: 'rollback' as const }, { requester: randomUUID() }];
      const times = [{ notAfterMs: Date.now() + 10 * 365 * 86_400_000 }, { notAfterMs: 1 }];

      for (const change of [...others, ...times]) {
        await expect(use.approve(kim.person, id, signQuestion(await use.getQuestion(kim.person, id), kim, change))).rejects.toMatchObject({ code: 'approval-invalid' });
      }
      expect(await see(id)).toMatchObject({ standing: 'waiting' });
    });

    test('needs the signature of a key that is registered as that of its giver', async () => {
      const { id, kim, jo, use, tenant } = await asked();
      const question = await use.getQuestion(kim.person, id);
      const good = signQuestion(question, kim);
      const stranger = makeApprover(tenant, 'lee');

      await expect(use.approve(kim.person, id, { ...good, signature: Buffer.alloc(64) })).rejects.toMatchObject({ code: 'approval-invalid' });
      await expect(use.approve(jo.person, id, good)).rejects.toMatchObject({ code: 'approver-key-unknown' });
      await expect(use.approve(stranger.person, id, signQuestion(question, stranger))).rejects.toMatchObject({ code: 'approver-key-unknown' });
      await use.removeKey(kim.person, kim.keyId);
      await expect(use.approve(kim.person, id, good)).rejects.toMatchObject({ code: 'approver-key-unknown' });
    });

    test('of what is dangerous is not for the person who asked', async () => {
      const all = await scene({ document: 'name: drop\ntitle: Drop\nsteps: [{ id: drop, run: kubectl delete pod x }]' });
      const { id } = await all.start();
      expect(await all.use.listQuestions(all.jo.person)).toMatchObject([{ id, mayApprove: false, step: { id: 'drop', verdict: { risk: 'dangerous' } } }]);

      await expect(all.approveAs(all.jo, id)).rejects.toMatchObject({ code: 'approver-is-requester' });
      await all.approveAs(all.kim, id);

      expect((await all.next()).plan.risk).toBe('dangerous');
    });

    test('counts no longer once its key is removed, also if that is added again; its giver may approve anew', async () => {
      const { id, kim, jo, use, tenant, agent, approveAs, tell: _, ...rest } = await scene({ trust: 'manual' }).then(async (all) => {
        const { version } = await all.use.getRunbook(all.tenant, 'restart-api');
        await all.use.setTrust(all.jo.person, 'restart-api', version, { trust: 'manual', approvals: 2 });
        return { ...all, id: (await all.start()).id };
      });
      await approveAs(kim, id);

      await use.removeKey(kim.person, kim.keyId);
      expect(await use.getQuestion(jo.person, id)).toMatchObject({ given: [] });
      expect(await approveAs(jo, id)).toMatchObject({ missing: 1 });
      expect(await deliveries(db(), rest, tenant, agent)).toEqual([]);

      await use.addKey(kim.person, { publicKey: kim.publicKey, name: 'kim' });
      expect(await use.getQuestion(jo.person, id)).toMatchObject({ given: ['jo'] });
      expect(await approveAs(kim, id)).toMatchObject({ missing: 0 });

      const [sent] = await deliveries(db(), rest, tenant, agent);
      expect(sent?.delivery.approvals).toHaveLength(2);
    });

    test('of two people, where so many are needed, lets the step go with the second', async () => {
      const { id, kim, jo, use, tenant, agent, approveAs, tell: _, ...rest } = await scene({ trust: 'manual' }).then(async (all) => {
        const { version } = await all.use.getRunbook(all.tenant, 'restart-api');
        await all.use.setTrust(all.jo.person, 'restart-api', version, { trust: 'manual', approvals: 2 });
        return { ...all, id: (await all.start()).id };
      });

      expect(await approveAs(kim, id)).toMatchObject({ missing: 1 });
      expect(await use.getQuestion(jo.person, id)).toMatchObject({ needed: 2, given: ['kim'] });
      await expect(approveAs(kim, id)).rejects.toMatchObject({ code: 'approval-not-asked' });
      expect(await deliveries(db(), rest, tenant, agent)).toEqual([]);
      expect(await approveAs(jo, id)).toMatchObject({ missing: 0 });

      const [sent] = await deliveries(db(), rest, tenant, agent);
      expect(sent?.delivery.approvals).toHaveLength(2);
    });

    test('that is denied ends the execution with the reason', async () => {
      const { id, kim, use, see } = await asked();

      await use.deny(kim.person, id, 'not today');

      expect(await see(id)).toMatchObject({ standing: 'denied', steps: [{}, { how: 'denied', why: 'kim: not today' }] });
    });

    test('that nobody gave in time is not given any more', async () => {
      let nowMs = Date.now();
      const all = await scene({ trust: 'manual', nowMs: () => nowMs });
      const { id } = await all.start();
      nowMs += 25 * 3_600_000;
      await expect(all.use.getQuestion(all.kim.person, id)).rejects.toMatchObject({ code: 'approval-not-asked' });

      await all.sweep();

      expect(await all.see(id)).toMatchObject({ standing: 'failed', steps: [{ how: 'expired' }, { how: 'skipped' }] });
    });
  });

  describe('what an agent tells', () => {
    test('counts once, in order, and only under the lease that counts', async () => {
      const { start, next, tell, finish, see, use, tenant } = await scene();
      const { id } = await start();
      const order = await next();
      const piece = (index: number, text: string) => tell({ kind: 'step-output', orderId: order.lease, index, stream: 'stdout', atMs: index, data: Buffer.from(text) });
      await tell({ kind: 'step-started', orderId: order.lease, startedAtMs: 1 });
      for (const [index, text] of ['one ', 'two ', 'three'].entries()) await piece(index, text);
      await piece(1, 'again');
      await finish({ ...order, attempt: 2 });
      expect(await see(id)).toMatchObject({ steps: [{ how: 'unknown' }, {}] });
      await finish(order);

      const events = [];
      for await (const event of await use.watchExecution(tenant, id, 0, AbortSignal.timeout(5_000))) events.push(event);
      expect(events.filter(({ kind }) => kind === 'output').map(({ text }) => text)).toEqual(['one ', 'two ', 'three']);
      expect(events.at(-1)).toMatchObject({ kind: 'ended' });
      expect(await see(id)).toMatchObject({ steps: [{ how: 'done' }, { how: 'skipped' }] });
    });

    test('of an order that is not its own means nothing', async () => {
      const { start, next, tenant, recordFacts, use, see } = await scene();
      const { id } = await start();
      const order = await next();
      const other = await makeAgent(db(), tenant);

      const [fault] = await asTenant(db(), tenant, (tx) => recordFacts(tx, { tenant, agent: other, receivedAt: new Date() }, [{ kind: 'step-end', orderId: order.lease, result: resultOf(order) }]));

      expect(fault).toMatchObject({ code: 'step-result-invalid' });
      expect(await see(id)).toMatchObject({ standing: 'running' });
      expect((await use.listExecutions(tenant, { limit: 1 })).items[0]?.id).toBe(id);
    });

    test('is looked through for secrets once more', async () => {
      const { start, next, tell, use, tenant, jo } = await scene();
      const { id } = await start();
      const order = await next();

      const fault = await tell({ kind: 'step-output', orderId: order.lease, index: 0, stream: 'stderr', atMs: 0, data: Buffer.from('token ghp_16C7e42F292c6912E7710c838347Ae178B4a end\n') });
      await use.cancelExecution(jo.person, id);

      expect(fault).toMatchObject({ code: 'secret-in-output' });
      const stopping = new AbortController();
      for await (const { kind, text } of await use.watchExecution(tenant, id, 0, stopping.signal)) {
        if (kind !== 'output') continue;
        expect(text).toMatch(/^token .*«dropped.*» end\n$/);
        stopping.abort();
      }
    });

    test('is looked through where it ends, too: the ending counts, its texts are kept without the secret', async () => {
      const { start, next, tell, see } = await scene();
      const { id } = await start();
      const order = await next();
      const leaked = 'token ghp_16C7e42F292c6912E7710c838347Ae178B4a end';

      const fault = await tell({ kind: 'step-end', orderId: order.lease, result: resultOf(order, { state: 'refused', code: 'program-not-allowed', message: leaked, next: leaked }) });

      expect(fault).toMatchObject({ code: 'secret-in-output' });
      expect(await see(id)).toMatchObject({ steps: [{ how: 'refused', result: { ending: { message: expect.stringMatching(/^token «dropped.*» end$/) } } }, {}] });
      expect(JSON.stringify(await see(id))).not.toContain('ghp_16C7');
    });

    test('when nothing is heard any more the step is unknown, and the truth may come late', async () => {
      let nowMs = Date.now();
      const all = await scene({ nowMs: () => nowMs });
      const { id } = await all.start();
      const order = await all.next();
      nowMs += 3_600_000;
      expect(await all.see(id)).toMatchObject({ standing: 'running', contact: { isConnected: false, lastHeardAt: expect.any(String) } });
      await all.sweep();
      expect(await all.see(id)).toMatchObject({ standing: 'unknown', steps: [{ how: 'unknown' }, { how: 'skipped' }] });

      await all.finish(order);

      expect(await all.see(id)).toMatchObject({ standing: 'failed', steps: [{ how: 'done' }, { how: 'skipped' }] });
    });

    test('two servers that look for it at once settle each execution once, and tell it once', async () => {
      let nowMs = Date.now();
      const clock = (): number => nowMs;
      const all = await scene({ nowMs: clock });
      const other = openRunbooks(db(), { nowMs: clock, tenants: async () => [all.tenant] });
      const offered = await Promise.all([all.start(), all.start(), all.start()]);
      const sent = await deliveries(db(), all, all.tenant, all.agent);
      const waiting = await Promise.all([all.start(), all.start(), all.start()]); // nobody comes for these
      await asTenant(db(), all.tenant, (tx) => takeEvents(tx, 1_000));
      nowMs += 3_600_000;

      for (let round = 0; round < 3; round += 1) await Promise.all([all.sweep(), other.sweep(), all.sweep(), other.sweep()]);

      expect(sent).toHaveLength(3);
      const told = await asTenant(db(), all.tenant, (tx) => takeEvents(tx, 1_000));
      for (const [executions, how] of [[offered, 'unknown'], [waiting, 'expired']] as const) {
        for (const { id } of executions) {
          expect(await all.see(id)).toMatchObject({ steps: [{ how }, { how: 'skipped' }] });
          const { rows } = await asTenant(db(), all.tenant, (tx) => tx.query('select kind, position, body from execution_event where execution = $1 group by kind, position, body having count(*) > 1', [id]));
          expect(rows).toEqual([]);
          expect(told.filter(({ topic, body }) => topic === 'execution.ended' && JSON.stringify(body).includes(id))).toHaveLength(1);
        }
      }
    });

    test('an order that no agent came for has surely not begun', async () => {
      let nowMs = Date.now();
      const all = await scene({ nowMs: () => nowMs });
      const { id } = await all.start();
      nowMs += 3_600_000;

      await all.sweep();

      expect(await all.see(id)).toMatchObject({ standing: 'failed', steps: [{ how: 'expired' }, { how: 'skipped' }] });
      expect(await deliveries(db(), all, all.tenant, all.agent)).toEqual([]);
    });
  });

  describe('a finding', () => {
    const drifted = async (tenant: TenantId, agent: AgentId, index: number | null, at: string) =>
      asTenant(db(), tenant, (tx) => recordReport(tx, { agent, reportId: randomUUID(), receivedAt: new Date(at) }, { ...report('envs/prod', index === null ? [] : [finding(index)]), scannedAt: at }));

    test('is offered what fits, filled from what it says, and closes by evidence alone', async () => {
      let nowMs = Date.parse('2026-03-01T10:00:00Z');
      const all = await scene({ nowMs: () => nowMs });
      await drifted(all.tenant, all.agent, 7, '2026-03-01T09:00:00Z');
      const { rows } = await asTenant(db(), all.tenant, (tx) => tx.query<{ ordinal: number }>('select ordinal from finding'));
      const found = `00000000-0000-8000-8000-${(rows[0]?.ordinal ?? 0).toString(16).padStart(12, '0')}`;
      const [offer] = await all.use.offersFor(all.tenant, found);
      expect(offer).toMatchObject({ runbook: 'restart-api', parameters: { address: 'aws_instance.host[7]' }, missing: [], risks: ['read_only', 'caution'] });

      const { id } = await all.start({ agent: undefined, finding: found, parameters: offer?.parameters });
      await all.finish(await all.next());
      await all.approveAs(all.kim, id);
      await all.finish(await all.next());
      expect(await all.see(id)).toMatchObject({ standing: 'succeeded', remedy: { state: 'not-yet' } });
      expect(await asTenant(db(), all.tenant, (tx) => all.book.waiting(tx, [all.agent]))).toMatchObject([{ order: { kind: 'scan', stacks: ['envs/prod'] } }]);

      nowMs += 60_000;
      await drifted(all.tenant, all.agent, 7, '2026-03-01T10:01:00Z');
      expect(await all.see(id)).toMatchObject({ remedy: { state: 'open', reason: expect.stringContaining('still shows it: tags.owner') } });
      await drifted(all.tenant, all.agent, null, '2026-03-01T10:02:00Z');
      expect(await all.see(id)).toMatchObject({ remedy: { state: 'closed' } });
    });
  });

  test('everything that happened is told, with hashes, verdicts and signatures, and no output', async () => {
    const { start, next, finish, tell, kim, approveAs, tenant } = await scene();
    const { id } = await start();
    const order = await next();
    await tell({ kind: 'step-output', orderId: order.lease, index: 0, stream: 'stdout', atMs: 0, data: Buffer.from('what it wrote') });
    await finish(order);
    await approveAs(kim, id);

    const events = await asTenant(db(), tenant, (tx) => takeEvents(tx, 100));

    const topics = events.map(({ topic }) => topic);
    for (const topic of ['runbook.imported', 'runbook.trusted', 'key.added', 'execution.started', 'step.ordered', 'step.reported', 'step.ended', 'approval.asked', 'approval.approved']) expect(topics).toContain(topic);
    expect(events.find(({ topic }) => topic === 'approval.approved')?.body).toMatchObject({ by: { name: 'kim' }, key: kim.keyId, signature: expect.any(String), planHash: expect.any(String) });
    expect(JSON.stringify(events)).not.toContain('what it wrote');
  });

  test('another tenant sees nothing of it and changes nothing', async () => {
    const { start, kim, see, use } = await scene();
    const { id } = await start();
    const stranger = makeApprover(await makeTenant(db()), 'mallory', 'admin').person;

    await expect(use.getExecution(stranger.tenant, id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(use.getQuestion(stranger, id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(use.cancelExecution(stranger, id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(use.deny(stranger, id, 'x')).rejects.toMatchObject({ code: 'not-found' });
    await expect(use.getRunbook(stranger.tenant, 'restart-api')).rejects.toMatchObject({ code: 'not-found' });
    await expect(use.removeKey(stranger, kim.keyId)).rejects.toMatchObject({ code: 'not-found' });
    await expect(use.watchExecution(stranger.tenant, id, 0, AbortSignal.timeout(1_000))).rejects.toMatchObject({ code: 'not-found' });
    expect([await use.listQuestions(stranger), await use.listKeys(stranger.tenant), (await use.listExecutions(stranger.tenant, { limit: 9 })).items, (await use.listRunbooks(stranger.tenant, { limit: 9 })).items]).toEqual([[], [], [], []]);
    expect(await see(id)).toMatchObject({ standing: 'running' });
  });
});
