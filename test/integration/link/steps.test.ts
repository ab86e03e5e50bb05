import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { recordReport } from '#control-plane/drift/record-report.ts';
import type { ExecutionDetail } from '#control-plane/runbook/execution/view.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import { capabilities } from '#proto/domain/capability.ts';
import { readApproval, whyNotFor } from '#proto/domain/approval.ts';
import type { StepOrderDelivery } from '#proto/domain/order.ts';
import { readStepOrder } from '#proto/domain/step-order.ts';
import { eachDatabase, makeTenant } from '#test/harness/databases.ts';
import { makeAgent, startLinkServer, trustDomain } from '#test/harness/link.ts';
import { makeLinkPki } from '#test/harness/link-pki.ts';
import { hello, rawLink } from '#test/harness/raw-link.ts';
import { makeApprover, openRunbooks, restartApi, resultOf, signQuestion } from '#test/harness/runbooks.ts';

const said = [capabilities.steps, capabilities.approvals];
const pki = await makeLinkPki();
const opened: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

eachDatabase('steps over the link', (db) => {
  async function scene() {
    const tenant = await makeTenant(db());
    const agent = await makeAgent(db(), tenant);
    const wakes: { wake: (id: typeof agent) => void } = { wake: () => {} };
    const runbooks = openRunbooks(db(), { wake: (id) => wakes.wake(id) });
    const server = await startLinkServer({ db: db(), pki, recordReport, sources: [runbooks.orders], steps: { record: runbooks.recordFacts, committed: runbooks.committed } });
    opened.push(() => server.stop(100));
    wakes.wake = (id) => server.reach.wake(id);
    const own = await pki.agent({ trustDomain, tenant, agent });
    const [jo, kim] = [makeApprover(tenant, 'jo'), makeApprover(tenant, 'kim')];
    await runbooks.use.addKey(kim.person, { publicKey: kim.publicKey, name: 'kim' });
    const { name, version } = await runbooks.use.importRunbook(jo.person, restartApi);
    await runbooks.use.setTrust(jo.person, name, version, { trust: 'approve' });
    const spool = randomUUID();

    const connect = async (lastSeq = 0, abilities: readonly string[] = said) => {
      const link = rawLink(server.streamAddress, pki.root, own);
      opened.push(() => link.close());
      link.send({ ...hello(spool, lastSeq), capabilities: abilities } as ReturnType<typeof hello>);
      return { link, welcome: await link.next('welcome') };
    };
    const nextOrder = async ({ link }: Awaited<ReturnType<typeof connect>>): Promise<StepOrderDelivery> => {
      const { order } = await link.next('order');
      if (order.kind !== 'step') throw new Error('not a step');
      return order;
    };
    const start = (): Promise<ExecutionDetail> => runbooks.use.startExecution(jo.person, { runbook: name, agent, parameters: {} });
    const approve = async (id: string) => runbooks.use.approve(kim.person, id, signQuestion(await runbooks.use.getQuestion(kim.person, id), kim));
    const see = (id: string) => runbooks.use.getExecution(tenant, id);
    return { tenant, agent, ...runbooks, jo, kim, server, connect, nextOrder, start, approve, see };
  }

  test('an order reaches the agent, its news come back, and the next order follows on the same stream', async () => {
    const { connect, nextOrder, start, approve, see, kim } = await scene();
    const { id } = await start();
    const session = await connect();
    expect(session.welcome.capabilities).toContain('steps');
    const looking = await nextOrder(session);
    session.link.send({ kind: 'order-received', orderId: looking.id });

    session.link.fact(1, { kind: 'step-started', orderId: looking.id, startedAtMs: Date.now() });
    session.link.fact(2, { kind: 'step-output', orderId: looking.id, index: 0, stream: 'stdout', atMs: 1, data: Buffer.from('all well\n') });
    session.link.fact(3, { kind: 'step-end', orderId: looking.id, result: resultOf(readStepOrder(looking.envelope)) });
    while ((await session.link.next('ack')).throughSeq < 3);
    expect(await see(id)).toMatchObject({ standing: 'waiting', steps: [{ how: 'done' }, {}] });

    await approve(id);
    const fixing = await nextOrder(session);
    const order = readStepOrder(fixing.envelope);
    const [signed] = fixing.approvals.map(({ statement }) => readApproval(statement));
    expect(signed && whyNotFor(signed, order, Date.now())).toBeNull();
    expect(signed?.keyId).toBe(kim.keyId);
    session.link.fact(4, { kind: 'step-end', orderId: fixing.id, result: resultOf(order) });
    while ((await session.link.next('ack')).throughSeq < 4);

    expect(await see(id)).toMatchObject({ standing: 'succeeded' });
  });

  test('an order comes again with every session until the agent says that it has it', async () => {
    const { connect, nextOrder, start, tenant } = await scene();
    await start();
    const [first, second] = [await connect(), await connect()];
    const again = await nextOrder(second);
    expect((await nextOrder(first)).id).toBe(again.id);
    second.link.send({ kind: 'order-received', orderId: again.id });
    await expect.poll(async () => (await asTenant(db(), tenant, (tx) => tx.query('select from step_order where delivered_at is not null'))).rows.length).toBe(1);

    const third = await connect();
    const cancelled = await start();
    expect((await nextOrder(third)).id).not.toBe(again.id);
    expect(cancelled.standing).toBe('running');
  });

  test('an agent that does not know steps is sent none', async () => {
    const { connect, start, server, agent, jo, use } = await scene();
    const { id } = await start();
    const { link } = await connect(0, []);
    const heard: string[] = [];
    void link.next('order').then(({ order }) => heard.push(order.id));

    const scan = await asTenant(db(), jo.person.tenant, (tx) => server.orders.request(tx, agent, { stacks: [] }));
    server.reach.wake(agent);

    await expect.poll(() => heard).toEqual([scan.id]);
    expect(await use.getExecution(jo.person.tenant, id)).toMatchObject({ standing: 'running', steps: [{ state: 'ordered' }, {}] });
  });

  test('a cancel follows what the agent has, and how it ended is what the agent says', async () => {
    const { connect, nextOrder, start, use, jo, see } = await scene();
    const session = await connect();
    const { id } = await start();
    const order = await nextOrder(session);
    session.link.send({ kind: 'order-received', orderId: order.id });
    session.link.fact(1, { kind: 'step-started', orderId: order.id, startedAtMs: Date.now() });
    await session.link.next('ack');

    await use.cancelExecution(jo.person, id);

    expect(await session.link.next('cancel')).toEqual({ kind: 'cancel', orderId: order.id });
    expect(await see(id)).toMatchObject({ standing: 'running', isCancelled: true });
  });

  describe('what makes no sense', () => {
    test.each([
      ['of an order of nobody', (): [string, Uint8Array] => [randomUUID(), Buffer.from('{}')]],
      ['that cannot be read', (order: StepOrderDelivery): [string, Uint8Array] => [order.id, Buffer.from('not json')]],
      ['of another execution', (order: StepOrderDelivery): [string, Uint8Array] => [order.id, resultOf({ ...readStepOrder(order.envelope), execution: randomUUID() })]],
    ])('an end %s is set aside, and what comes behind it is taken', async (_, make) => {
      const { connect, nextOrder, start } = await scene();
      const session = await connect();
      await start();
      const order = await nextOrder(session);
      const [orderId, result] = make(order);

      session.link.fact(1, { kind: 'step-end', orderId, result });
      expect(await session.link.next('rejected')).toMatchObject({ seq: 1, code: 'step-result-invalid' });
      session.link.fact(2, { kind: 'step-output', orderId: order.id, index: 0, stream: 'stderr', atMs: 1, data: Buffer.from('x') });

      while ((await session.link.next('ack')).throughSeq < 2);
    });
  });

  test('a piece that the database cannot take is set aside alone', async () => {
    const { connect, nextOrder, start } = await scene();
    const session = await connect();
    await start();
    const { id } = await nextOrder(session);
    const piece = (seq: number, index: number) => session.link.fact(seq, { kind: 'step-output', orderId: id, index, stream: 'stdout', atMs: 1, data: Buffer.from('x') });

    for (const [seq, index] of [[1, 0], [2, 4_000_000_000], [3, 2]] as const) piece(seq, index);

    expect(await session.link.next('rejected')).toMatchObject({ seq: 2, code: 'step-result-invalid' });
    while ((await session.link.next('ack')).throughSeq < 3);
  });

  test('the same news twice, under another spool, count once', async () => {
    const { connect, nextOrder, start, use, tenant, server, agent } = await scene();
    const session = await connect();
    const { id } = await start();
    const order = await nextOrder(session);
    const end = { kind: 'step-end' as const, orderId: order.id, result: resultOf(readStepOrder(order.envelope)) };
    const piece = { kind: 'step-output' as const, orderId: order.id, index: 0, stream: 'stdout' as const, atMs: 1, data: Buffer.from('once') };
    session.link.fact(1, piece);
    session.link.fact(2, end);
    while ((await session.link.next('ack')).throughSeq < 2);

    const other = rawLink(server.streamAddress, pki.root, await pki.agent({ trustDomain, tenant, agent }));
    opened.push(() => other.close());
    other.send({ ...hello(randomUUID(), 2), capabilities: said } as ReturnType<typeof hello>);
    await other.next('welcome');
    other.fact(1, piece);
    other.fact(2, end);
    while ((await other.next('ack')).throughSeq < 2);

    const told: (string | null)[] = [];
    const leaving = new AbortController();
    for await (const event of await use.watchExecution(tenant, id, 0, leaving.signal)) {
      if (event.kind === 'output') told.push(event.text);
      if (event.kind === 'step' && JSON.stringify(event.body).includes('waiting')) leaving.abort();
    }
    expect(told).toEqual(['once']);
  });
});
