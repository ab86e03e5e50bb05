import { randomUUID } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import type { Fault } from '#proto/domain/fault.ts';
import type { AgentIdentity } from '#proto/domain/identity.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed } from '#test/fakes/facts.ts';
import { report } from '#test/fakes/reports.ts';
import { makeTenant, type OpenedDatabase, openPgliteForTest } from '#test/harness/databases.ts';
import { type LinkServer, makeAgent, startAgent, startLinkServer, type TestAgent, trustDomain } from '#test/harness/link.ts';
import { type Credentials, type LinkPki, makeLinkPki } from '#test/harness/link-pki.ts';

const hourMs = 3_600_000;
const started: TestAgent[] = [];
let opened: OpenedDatabase;
let pki: LinkPki;
let server: LinkServer;
let who: AgentIdentity;
let own: Credentials;

beforeAll(async () => {
  opened = await openPgliteForTest();
  pki = await makeLinkPki();
  server = await startLinkServer({ db: opened.db, pki, recordReport: async () => {} });
  const tenant = await makeTenant(opened.db);
  who = { trustDomain, tenant, agent: await makeAgent(opened.db, tenant) };
  own = await pki.agent(who);
});

afterAll(async () => {
  await server.stop(1_000);
  await opened.close();
});

afterEach(async () => {
  for (const agent of started.splice(0)) await agent.stop();
});

test('nothing listens', async () => {
  expect(await firstLoss(own, { address: '127.0.0.1:1' })).toMatchObject({ code: 'server-refused' });
});

test('the name does not resolve', async () => {
  expect(await firstLoss(own, { address: 'control-plane.invalid:8443' })).toMatchObject({ code: 'server-name-unknown', facts: { host: 'control-plane.invalid' } });
});

test('what answers does not speak TLS', async () => {
  const plain = await listenWith((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));

  expect(await firstLoss(own, { address: plain.address })).toMatchObject({ code: 'server-not-tls' });
  plain.server.close();
});

test("the server's authority is not the one that this agent trusts", async () => {
  const foreign = await makeLinkPki();

  expect(await firstLoss(own, { trust: foreign.root })).toMatchObject({ code: 'server-untrusted' });
});

test("the server's certificate names another host", async () => {
  const elsewhere = await startLinkServer({ db: opened.db, pki, recordReport: async () => {}, certificate: await pki.server([{ type: 'dns', value: 'elsewhere.example' }]) });

  expect(await firstLoss(own, { address: elsewhere.streamAddress })).toMatchObject({ code: 'server-untrusted', facts: { reason: 'ERR_TLS_CERT_ALTNAME_INVALID' } });
  await elsewhere.stop(0);
});

test("the server's certificate has expired, or its clock or ours is wrong", async () => {
  const stale = await startLinkServer({ db: opened.db, pki, recordReport: async () => {}, certificate: await pki.server(undefined, { notAfter: new Date(Date.now() - 1_000) }) });

  expect(await firstLoss(own, { address: stale.streamAddress })).toMatchObject({ code: 'clock-wrong', facts: { whose: 'server', reason: 'CERT_HAS_EXPIRED' } });
  await stale.stop(0);
});

test("this agent's own certificate has expired", async () => {
  const expired = await pki.agent(who, { notAfter: new Date(Date.now() - 1_000) });

  expect(await firstLoss(expired)).toMatchObject({ code: 'certificate-expired', facts: { whose: 'agent' } });
});

test("this agent's clock runs before its own certificate begins", async () => {
  const early = await pki.agent(who, { notBefore: new Date(Date.now() + hourMs), notAfter: new Date(Date.now() + 2 * hourMs) });

  expect(await firstLoss(early)).toMatchObject({ code: 'clock-wrong', facts: { whose: 'agent' } });
});

test("the server does not take this agent's certificate", async () => {
  const foreign = await makeLinkPki();

  expect(await firstLoss(await foreign.agent(who))).toMatchObject({ code: 'certificate-invalid' });
});

test("this agent's certificate has expired by the server's clock alone", async () => {
  const brief = await pki.agent(who, { notAfter: new Date(Date.now() - 1_000) });

  expect(await firstLoss({ ...brief, notAfter: new Date(Date.now() + hourMs) })).toMatchObject({ code: expect.stringMatching(/^certificate-(expired|invalid)$/) });
});

test('an agent that was removed learns it, keeps its spool, and does not wait for what cannot come', async () => {
  const tenant = await makeTenant(opened.db);
  const agent = await makeAgent(opened.db, tenant);
  await asTenant(opened.db, tenant, (tx) => tx.query('update agent set removed_at = now() where id = $1', [agent]));
  const refused = begin(await pki.agent({ trustDomain, tenant, agent }));
  refused.spool.append(splitReport(scrubbed(report('prod', [])), randomUUID()));

  await expect(refused.uplink.flush(AbortSignal.timeout(10_000))).rejects.toMatchObject({ code: 'agent-removed' });
  expect(refused.spool.pending().facts).toBe(3);
});

test('a flush that was given no more time says why nothing moved', async () => {
  const cut = begin(own, { address: '127.0.0.1:1' });
  cut.spool.append(splitReport(scrubbed(report('prod', [])), randomUUID()));

  await expect(cut.uplink.flush(AbortSignal.timeout(400))).rejects.toMatchObject({ code: 'server-refused' });
});

test('a server that stops asks its agents to come back, and neither calls it an error', async () => {
  const stopping = await startLinkServer({ db: opened.db, pki, recordReport: async () => {} });
  const agent = begin(own, { address: stopping.streamAddress });
  await expect.poll(() => agent.uplink.state.kind).toBe('live');

  await stopping.stop(5_000);

  await expect.poll(() => agent.uplink.state).toMatchObject({ kind: 'waiting', why: null });
  expect(stopping.told.lines.filter(({ level }) => level >= 40)).toEqual([]);
});

async function firstLoss(credentials: Credentials, where: Parameters<typeof begin>[1] = {}): Promise<Fault | null> {
  const { promise, resolve } = Promise.withResolvers<Fault | null>();
  begin(credentials, { ...where, onState: (state) => state.kind === 'waiting' && resolve(state.why) });
  return promise;
}

function begin(credentials: Credentials, { address = server.streamAddress, trust = pki.root, ...options }: Parameters<typeof startAgent>[3] & { address?: string; trust?: string } = {}): TestAgent {
  const agent = startAgent(credentials, trust, () => address, options);
  started.push(agent);
  return agent;
}

async function listenWith(onConnection: (socket: Socket) => void): Promise<{ server: Server; address: string }> {
  const plain = createServer(onConnection);
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  const at = plain.address();
  return { server: plain, address: `127.0.0.1:${typeof at === 'object' ? at?.port : 0}` };
}
