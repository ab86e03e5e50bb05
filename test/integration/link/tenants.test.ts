import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordReport } from '#control-plane/drift/record-report.ts';
import type { SendableFrame } from '#proto/codec/agent-frame.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import type { FactBody } from '#proto/domain/fact.ts';
import type { AgentFrame } from '#proto/domain/frame.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed } from '#test/fakes/facts.ts';
import { finding, report } from '#test/fakes/reports.ts';
import { makeTenant, type OpenedDatabase, openPgliteForTest } from '#test/harness/databases.ts';
import { rowsOf } from '#test/harness/http-door.ts';
import { type LinkServer, makeAgent, startLinkServer, trustDomain } from '#test/harness/link.ts';
import { type LinkPki, makeLinkPki } from '#test/harness/link-pki.ts';
import { hello, rawLink, type RawLink } from '#test/harness/raw-link.ts';
import { connectAgent, deliveries, makeApprover, openRunbooks, restartApi } from '#test/harness/runbooks.ts';

/** What an owner has that another could try to name. */
interface Owned {
  readonly tenant: TenantId;
  readonly agent: AgentId;
  readonly spool: string;
  readonly committedSeq: number;
  readonly scanOrder: string;
  readonly stepOrder: string;
}

let opened: OpenedDatabase;
let pki: LinkPki;
let server: LinkServer;
let owner: Owned;

beforeAll(async () => {
  opened = await openPgliteForTest();
  pki = await makeLinkPki();
  const runbooks = openRunbooks(opened.db);
  server = await startLinkServer({ db: opened.db, pki, recordReport, sources: [runbooks.orders], steps: { record: runbooks.recordFacts, committed: () => {} } });
  owner = await makeOwner(runbooks);
});

afterAll(async () => {
  await server.stop(1_000);
  await opened.close();
});

/** Every kind of message that an agent has, naming what is the owner's. A new kind without a case does not compile. */
const frames: Readonly<Record<Exclude<AgentFrame['kind'], 'fact'>, (own: Owned) => SendableFrame>> = {
  hello: ({ spool, committedSeq }) => hello(spool, committedSeq),
  heartbeat: () => ({ kind: 'heartbeat', sentAtMs: 0, spoolFacts: 9, spoolBytes: 9, alerts: ['spool-full'] }),
  'order-received': ({ scanOrder }) => ({ kind: 'order-received', orderId: scanOrder }),
  'trust-kept': () => ({ kind: 'trust-kept', fingerprint: '00'.repeat(32) }),
  goodbye: () => ({ kind: 'goodbye', reason: 'x' }),
};

/** The same of facts: of the owner's step, and of a report on a stack that is called as the owner's. */
const facts: Readonly<Record<FactBody['kind'], (own: Owned) => readonly FactBody[]>> = {
  'report-begin': () => splitReport(scrubbed(report('prod', [finding(7)])), randomUUID()),
  'report-chunk': () => [], // with their report
  'report-end': () => [],
  'step-started': ({ stepOrder: orderId }) => [{ kind: 'step-started', orderId, startedAtMs: 1 }],
  'step-output': ({ stepOrder: orderId }) => [{ kind: 'step-output', orderId, index: 0, stream: 'stdout', atMs: 1, data: Buffer.from('forged\n') }],
  'step-end': ({ stepOrder: orderId }) => [{ kind: 'step-end', orderId, result: Buffer.from('{}') }],
};

test.each(['another tenant', 'another agent of the same tenant'] as const)('nothing of an agent moves, whatever %s says on the stream', async (who) => {
  const tenant = who === 'another tenant' ? await makeTenant(opened.db) : owner.tenant;
  const link = await connect(tenant, await makeAgent(opened.db, tenant));
  const before = await agentRows();
  const { resumeAfterSeq } = await link.next('welcome');

  for (const [kind, make] of Object.entries(frames)) if (kind !== 'hello' && kind !== 'goodbye') link.send(make(owner));
  link.send(frames['order-received']({ ...owner, scanOrder: owner.stepOrder }));
  const bodies = Object.values(facts).flatMap((make) => make(owner));
  bodies.forEach((body, index) => link.fact(index + 1, body));
  while ((await link.next('ack')).throughSeq < bodies.length);
  link.send(frames.goodbye(owner));
  link.finish();

  expect(resumeAfterSeq).toBe(0); // the spool of that name is another one
  expect(await link.ended).toMatchObject({ code: 'OK' });
  for (const seq of [4, 5, 6]) expect(await link.next('rejected')).toMatchObject({ seq, code: 'step-result-invalid' });
  expect(await agentRows()).toEqual(before);
});

test("another tenant's tables are as they were", async () => {
  const before = await rowsOf(opened.db, owner.tenant);
  const tenant = await makeTenant(opened.db);
  const link = await connect(tenant, await makeAgent(opened.db, tenant));
  await link.next('welcome');
  const bodies = Object.values(facts).flatMap((make) => make(owner));
  bodies.forEach((body, index) => link.fact(index + 1, body));
  while ((await link.next('ack')).throughSeq < bodies.length);
  link.close();

  expect(await rowsOf(opened.db, owner.tenant)).toEqual(before);
});

async function connect(tenant: TenantId, agent: AgentId): Promise<RawLink> {
  const link = rawLink(server.streamAddress, pki.root, await pki.agent({ trustDomain, tenant, agent }));
  link.send(frames.hello(owner));
  return link;
}

/** What the database has of the owner: its orders, its spool, its session, its step. */
function agentRows(): Promise<readonly unknown[]> {
  return asTenant(opened.db, owner.tenant, async (tx) => {
    const tables = ['agent where id = $1', 'agent_order where agent = $1', 'agent_session where agent = $1', 'inbound_spool where agent = $1', 'execution where agent = $1'];
    const all: unknown[] = [];
    for (const table of tables) all.push((await tx.query(`select * from ${table}`, [owner.agent])).rows);
    all.push((await tx.query('select * from execution_step')).rows, (await tx.query('select * from execution_event')).rows);
    return all;
  });
}

/** An agent with a report behind it, an order to scan, and a step that was offered to it. */
async function makeOwner(runbooks: ReturnType<typeof openRunbooks>): Promise<Owned> {
  const tenant = await makeTenant(opened.db);
  const agent = await makeAgent(opened.db, tenant);
  const spool = randomUUID();
  const link = rawLink(server.streamAddress, pki.root, await pki.agent({ trustDomain, tenant, agent }));
  link.send(hello(spool));
  await link.next('welcome');
  splitReport(scrubbed(report('prod', [finding(1)])), randomUUID()).forEach((body, index) => link.fact(index + 1, body));
  while ((await link.next('ack')).throughSeq < 3);
  link.finish();
  await link.ended;

  await connectAgent(opened.db, tenant, agent);
  const { person } = makeApprover(tenant, 'kim');
  const { version } = await runbooks.use.importRunbook(person, restartApi);
  await runbooks.use.setTrust(person, 'restart-api', version, { trust: 'auto-read', approvals: 1 });
  await runbooks.use.startExecution(person, { runbook: 'restart-api', agent, parameters: {} });
  const [step] = await deliveries(opened.db, runbooks, tenant, agent);
  const scan = await asTenant(opened.db, tenant, (tx) => server.orders.request(tx, agent, { stacks: ['prod'] }));
  return { tenant, agent, spool, committedSeq: 3, scanOrder: scan.id, stepOrder: step?.delivery.id ?? '' };
}
