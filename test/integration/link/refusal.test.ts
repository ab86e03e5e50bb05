import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import { linkClientMethod } from '#proto/codec/link-method.ts';
import { maxChunkBytes } from '#proto/domain/fact.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed, uuidOf } from '#test/fakes/facts.ts';
import { finding, report } from '#test/fakes/reports.ts';
import { makeTenant, type OpenedDatabase, openPgliteForTest } from '#test/harness/databases.ts';
import { type LinkServer, makeAgent, startLinkServer, trustDomain } from '#test/harness/link.ts';
import { type Credentials, type LinkPki, makeLinkPki } from '#test/harness/link-pki.ts';
import { hello, rawLink, type RawLink } from '#test/harness/raw-link.ts';

let opened: OpenedDatabase;
let pki: LinkPki;
let server: LinkServer;
let tenant: TenantId;
let agent: AgentId;
let own: Credentials;
let recorded: string[];

beforeAll(async () => {
  opened = await openPgliteForTest();
  pki = await makeLinkPki();
  server = await startLinkServer({
    db: opened.db,
    pki,
    recordReport: async (_tx, { reportId }) => void recorded.push(reportId),
    limits: { helloWithinMs: 300 },
  });
});

afterAll(async () => {
  await server.stop(1_000);
  await opened.close();
});

beforeEach(async () => {
  tenant = await makeTenant(opened.db);
  agent = await makeAgent(opened.db, tenant);
  own = await pki.agent({ trustDomain, tenant, agent });
  recorded = [];
  server.told.lines.length = 0;
});

test('a peer without a certificate is refused in the handshake', async () => {
  const link = rawLink(server.streamAddress, pki.root, null);
  link.send(hello(randomUUID()));

  expect(await link.ended).toMatchObject({ code: 'UNAVAILABLE', fault: null });
  expect(refusals('certificate-missing')).toHaveLength(1);
});

test("a server's certificate is no agent's", async () => {
  const link = rawLink(server.streamAddress, pki.root, await pki.server());
  link.send(hello(randomUUID()));

  expect(await link.ended).toMatchObject({ code: 'UNAVAILABLE', fault: null });
  expect(server.told.lines).toEqual([expect.objectContaining({ msg: 'certificate refused', fault: 'certificate-invalid', reason: 'INVALID_PURPOSE' })]);
});

test('a certificate of another authority is refused in the handshake, whatever it says', async () => {
  const foreign = await makeLinkPki();
  const link = rawLink(server.streamAddress, pki.root, await foreign.agent({ trustDomain, tenant, agent }));
  link.send(hello(randomUUID()));

  expect(await link.ended).toMatchObject({ code: 'UNAVAILABLE', fault: null });
  expect(refusals('certificate-invalid')).toHaveLength(1);
});

test('an expired certificate is refused in the handshake', async () => {
  const link = rawLink(server.streamAddress, pki.root, await pki.agent({ trustDomain, tenant, agent }, { notAfter: new Date(Date.now() - 1_000) }));
  link.send(hello(randomUUID()));

  expect(await link.ended).toMatchObject({ code: 'UNAVAILABLE', fault: null });
  expect(refusals('certificate-expired')).toHaveLength(1);
});

test('a certificate for another trust domain is refused by name', async () => {
  const link = rawLink(server.streamAddress, pki.root, await pki.agent({ trustDomain: 'elsewhere.dd0c', tenant, agent }));
  link.send(hello(randomUUID()));

  expect(await link.ended).toMatchObject({ code: 'UNAUTHENTICATED', fault: 'certificate-invalid' });
});

test('a certificate that runs out ends its live stream', async () => {
  const brief = await pki.agent({ trustDomain, tenant, agent }, { notAfter: new Date(Date.now() + 1_900) });
  const link = rawLink(server.streamAddress, pki.root, brief);
  link.send(hello(randomUUID()));
  await link.next('welcome');

  expect(await link.ended).toMatchObject({ code: 'UNAUTHENTICATED', fault: 'certificate-expired' });
});

test('a certificate that runs out because the clock of the server was put forward ends its live stream with the next frame', async () => {
  let aheadMs = 0;
  const ahead = await startLinkServer({ db: opened.db, pki, recordReport: async () => {}, clock: () => Date.now() + aheadMs });
  const link = rawLink(ahead.streamAddress, pki.root, own);
  link.send(hello(randomUUID()));
  await link.next('welcome');

  aheadMs = 48 * 3_600_000;
  link.send({ kind: 'heartbeat', sentAtMs: 0, spoolFacts: 0, spoolBytes: 0, alerts: [] });

  expect(await link.ended).toMatchObject({ code: 'UNAUTHENTICATED', fault: 'certificate-expired' });
  await ahead.stop(0);
});

test('an agent that was removed is refused by name', async () => {
  await asTenant(opened.db, tenant, (tx) => tx.query('update agent set removed_at = now() where id = $1', [agent]));
  const link = rawLink(server.streamAddress, pki.root, own);
  link.send(hello(randomUUID()));

  expect(await link.ended).toMatchObject({ code: 'PERMISSION_DENIED', fault: 'agent-removed' });
});

test('an agent that is locked while it is connected is told so and cut', async () => {
  const link = await welcomed();

  server.reach.cut(agent, new Fault('agent-locked'));

  expect(await link.next('lock')).toMatchObject({ kind: 'lock' });
  expect(await link.ended).toMatchObject({ code: 'PERMISSION_DENIED', fault: 'agent-locked' });
  expect(server.live.all().some((session) => session.identity.agent === agent)).toBe(false);
});

test('a refused agent that does not leave is shown out', async () => {
  const lingering = connectTls({ ...own, cert: own.certificateChain, ca: pki.root, host: '127.0.0.1', port: Number(server.streamAddress.split(':')[1]), ALPNProtocols: ['h2'] });
  const session = connectHttp2(`https://${server.streamAddress}`, { createConnection: () => lingering });
  const stream = session.request({ ':method': 'POST', ':path': linkClientMethod.path, 'content-type': 'application/grpc', te: 'trailers' });
  stream.write(Buffer.from([0, 0, 0, 0, 1, 0xff])); // a malformed frame, and then it neither reads nor ends

  await once(lingering, 'close');
  session.destroy();
});

test('an agent that is locked by another server is cut at the next pulse', async () => {
  const link = await welcomed();
  await asTenant(opened.db, tenant, (tx) => tx.query('update agent set locked_at = now() where id = $1', [agent]));
  link.send({ kind: 'heartbeat', sentAtMs: 0, spoolFacts: 0, spoolBytes: 0, alerts: [] });

  expect(await link.ended).toMatchObject({ code: 'PERMISSION_DENIED', fault: 'agent-locked' });
});

test('a stream that does not say Hello in time is ended', async () => {
  const link = rawLink(server.streamAddress, pki.root, own);
  link.bytes(Buffer.alloc(0)); // a frame of no known kind

  expect(await link.ended).toMatchObject({ fault: 'protocol-violated' });
});

test.each<[string, (link: RawLink) => void, string]>([
  ['a malformed frame', (link) => link.bytes(randomBytes(200)), 'protocol-violated'],
  ['a second Hello', (link) => link.send(hello(randomUUID())), 'protocol-violated'],
  ['a fact with a gap before it', (link) => link.fact(2, { kind: 'report-end', reportId: uuidOf(1), sha256: Buffer.alloc(32) }), 'sequence-gap'],
  ['a message beyond the limit', (link) => link.bytes(Buffer.alloc(600 * 1024)), 'request-too-large'],
  ['a fact with the number 0', (link) => link.fact(0, { kind: 'report-end', reportId: uuidOf(1), sha256: Buffer.alloc(32) }), 'protocol-violated'],
])('%s is refused by name and logged once', async (_, misbehave, code) => {
  const link = await welcomed();

  misbehave(link);

  expect(await link.ended).toMatchObject({ code: 'INVALID_ARGUMENT', fault: code });
  expect(server.told.lines.filter(({ level }) => level >= 40)).toEqual([expect.objectContaining({ agent, fault: code })]);
});

test('a first frame that is no Hello is refused by name', async () => {
  const link = rawLink(server.streamAddress, pki.root, own);
  link.fact(1, { kind: 'report-end', reportId: uuidOf(1), sha256: Buffer.alloc(32) });

  expect(await link.ended).toMatchObject({ code: 'INVALID_ARGUMENT', fault: 'protocol-violated' });
});

test('a message beyond what the transport takes is refused and logged once', async () => {
  const link = await welcomed();

  link.bytes(Buffer.alloc(1024 * 1024 + 1));

  expect(await link.ended).toMatchObject({ code: 'RESOURCE_EXHAUSTED' });
  expect(server.told.lines.filter(({ level }) => level >= 40)).toHaveLength(1);
});

test('facts without meaning are set aside one by one, acknowledged, and those behind them are taken', async () => {
  const link = await welcomed();
  const [begin, chunk, end] = splitReport(scrubbed(report('prod', [finding(1)])), uuidOf(7)).map((body) => body);
  if (begin === undefined || chunk === undefined || end === undefined) throw new Error('a small report has three parts');

  link.fact(1, { kind: 'report-begin', reportId: uuidOf(1), chunks: 1, totalBytes: 5 });
  link.fact(2, { kind: 'report-chunk', reportId: uuidOf(1), index: 0, data: Buffer.from('wrong') });
  link.fact(3, { kind: 'report-end', reportId: uuidOf(1), sha256: Buffer.alloc(32) });
  link.fact(4, { kind: 'report-begin', reportId: uuidOf(2), chunks: 2, totalBytes: 2 * maxChunkBytes });
  link.fact(5, { kind: 'report-chunk', reportId: uuidOf(2), index: 0, data: Buffer.alloc(maxChunkBytes + 1) });
  link.fact(6, begin);
  link.fact(7, chunk);
  link.fact(8, end);

  expect(await link.next('rejected')).toMatchObject({ seq: 3, code: 'report-corrupt' });
  expect(await link.next('rejected')).toMatchObject({ seq: 5, code: 'report-invalid' });
  while ((await link.next('ack')).throughSeq < 8);
  expect(recorded).toEqual([uuidOf(7)]);
  link.close();
});

test('while one agent misbehaves in every way, the stream of another goes on', async () => {
  const good = await welcomed();
  const other = await makeAgent(opened.db, tenant);
  const bad = await pki.agent({ trustDomain, tenant, agent: other });

  for (let round = 0; round < 30; round += 1) {
    const link = rawLink(server.streamAddress, pki.root, bad);
    if (round % 2 === 0) link.send(hello(randomUUID()));
    link.bytes(randomBytes(1 + round * 100));
    link.bytes(round % 3 === 0 ? Buffer.alloc(1024 * 1024 + 1) : randomBytes(50));
    await link.ended;
  }
  const socket = connectTcp(Number(server.streamAddress.split(':')[1]), '127.0.0.1', () => socket.end(randomBytes(5_000)));
  socket.on('error', () => {});

  for (const [index, body] of splitReport(scrubbed(report('prod', [finding(1)])), uuidOf(9)).entries()) good.fact(index + 1, body);
  while ((await good.next('ack')).throughSeq < 3);
  expect(recorded).toEqual([uuidOf(9)]);
  good.close();
});

async function welcomed(): Promise<RawLink> {
  const link = rawLink(server.streamAddress, pki.root, own);
  link.send(hello(randomUUID()));
  await link.next('welcome');
  server.told.lines.length = 0;
  return link;
}

/** How often the server has logged that it refused a certificate for this; an earlier test's channel may dial once more. */
function refusals(fault: string): readonly unknown[] {
  return z.array(z.looseObject({ msg: z.string() })).parse(server.told.lines).filter((line) => line.msg === 'certificate refused' && line['fault'] === fault);
}
