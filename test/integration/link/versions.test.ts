import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { version } from '#agent/config/version.ts';
import { keyOfRequest } from '#ca/x509/request.ts';
import type { OrderSource } from '#control-plane/fleet/link-sessions.ts';
import { linkClientMethod, linkServerMethod } from '#proto/codec/link-method.ts';
import { AgentService } from '#proto/codec/services.ts';
import { capabilities } from '#proto/domain/capability.ts';
import type { StepFact } from '#proto/domain/fact.ts';
import type { Order } from '#proto/domain/order.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed, uuidOf } from '#test/fakes/facts.ts';
import { finding, report } from '#test/fakes/reports.ts';
import { makeTenant, type OpenedDatabase, openPgliteForTest } from '#test/harness/databases.ts';
import { makeAgent, startAgent, startLinkServer, trustDomain } from '#test/harness/link.ts';
import { type LinkPki, makeLinkPki } from '#test/harness/link-pki.ts';
import { asIfNewer, type LinkRecording, linkRecordings, ofUnknownKind } from '#test/harness/link-recording.ts';
import { rawLink } from '#test/harness/raw-link.ts';

const cleanups: (() => unknown)[] = [];
let opened: OpenedDatabase;
let pki: LinkPki;

beforeAll(async () => {
  opened = await openPgliteForTest();
  pki = await makeLinkPki();
});

afterAll(() => opened.close());

afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

test(`there is a recording of this version: node pinned.mjs test/golden/record-link.ts`, () => {
  expect(linkRecordings().map((recording) => recording.version)).toContain(version);
});

/** As it was recorded, and as a version to come might say the same. */
const voices: readonly [string, (message: Buffer) => readonly Buffer[]][] = [
  ['as it was', (message) => [message]],
  ['with fields and kinds of a later version', (message) => [asIfNewer(message), ofUnknownKind()]],
];

for (const recording of linkRecordings()) {
  test.each(voices)(`the server takes in what an agent of ${recording.version} says, %s`, async (_, say) => {
    const { reported, steps, throughSeq } = await replayToServer(recording, say);

    expect(reported).toEqual(recording.reported);
    expect(steps).toEqual(['step-started', 'step-output', 'step-end']);
    expect(throughSeq).toBe(factsIn(recording));
  });

  test.each(voices)(`the agent understands what a server of ${recording.version} says, %s`, async (_, say) => {
    const server = await startRecordedServer(recording, say);
    const heard: string[] = [];
    const { spool, uplink, stop } = startAgent(await pki.agent({ trustDomain, tenant: await makeTenant(opened.db), agent: await makeAgent(opened.db, await makeTenant(opened.db)) }), pki.root, () => server.address, {
      about: { agentVersion: version, capabilities: ['scan', capabilities.steps, capabilities.drain], hostname: 'host', os: 'linux', arch: 'x64' },
      onOrder: ({ kind }) => heard.push(kind),
      onStepOrder: ({ kind }) => heard.push(kind) > 0,
      onCancel: () => heard.push('cancel'),
    });
    cleanups.push(stop);

    spool.append(splitReport(scrubbed(report('first', [finding(1), finding(2)])), uuidOf(1)));
    await uplink.flush(AbortSignal.timeout(10_000));

    await expect.poll(() => new Set(heard)).toEqual(new Set(['scan', 'step', 'cancel']));
    await expect.poll(() => server.toldOrders.length).toBe(2);
  });

  test(`a renewal as ${recording.version} asks for it and answers it is still read`, async () => {
    const wire = AgentService.service.Renew;
    const { csr } = wire.requestDeserialize(Buffer.from(recording.renewal.request, 'base64'));
    const { certificateChain, trustBundle } = wire.responseDeserialize(Buffer.from(recording.renewal.response, 'base64'));

    expect((await keyOfRequest(csr)).length).toBeGreaterThan(50);
    expect([certificateChain.length, trustBundle.length]).toEqual([1, 1]);
  });
}

test('an agent is sent only what its capabilities say that it can do', async () => {
  const tenant = await makeTenant(opened.db);
  const agent = await makeAgent(opened.db, tenant);
  const server = await startLinkServer({ db: opened.db, pki, recordReport: async () => {}, anchors: { trustDomain, trust: { roots: [Buffer.from('x')], vouchers: [], fingerprint: 'later' }, issuerOf: () => 'any', accepts: () => true } });
  cleanups.push(() => server.stop(1_000));
  const link = rawLink(server.streamAddress, pki.root, await pki.agent({ trustDomain, tenant, agent }));
  link.send({ kind: 'hello', agentVersion: '0.0.9', capabilities: ['scan', 'a capability of a later version'], spoolId: uuidOf(1), lastSeq: 0, hostname: 'host', os: 'linux', arch: 'x64' });
  await link.next('welcome');
  link.send({ kind: 'heartbeat', sentAtMs: 0, spoolFacts: 0, spoolBytes: 0, alerts: ['an-alert-of-a-later-version'] });
  link.finish();

  expect(await link.ended).toMatchObject({ code: 'OK' });
  const nothing = new Promise((resolve) => void setImmediate(() => resolve('nothing'))); // what came is answered before
  expect(await Promise.race([link.next('trust-offer'), nothing])).toBe('nothing');
});

test('a fact of a kind that the server does not know is set aside, told and acknowledged, and those behind it are taken', async () => {
  const tenant = await makeTenant(opened.db);
  const reports: string[] = [];
  const server = await startLinkServer({ db: opened.db, pki, recordReport: async (_tx, { reportId }) => void reports.push(reportId) });
  cleanups.push(() => server.stop(1_000));
  const link = rawLink(server.streamAddress, pki.root, await pki.agent({ trustDomain, tenant, agent: await makeAgent(opened.db, tenant) }));
  link.send({ kind: 'hello', agentVersion: '9.0.0', capabilities: [], spoolId: uuidOf(2), lastSeq: 4, hostname: 'host', os: 'linux', arch: 'x64' });
  await link.next('welcome');

  link.bytes(asIfNewer(AgentService.service.Connect.requestSerialize({ fact: { seq: 1 } })));
  for (const [index, body] of splitReport(scrubbed(report('prod', [finding(1)])), uuidOf(3)).entries()) link.fact(index + 2, body);

  expect(await link.next('rejected')).toMatchObject({ seq: 1, code: 'report-invalid' });
  while ((await link.next('ack')).throughSeq < 4);
  expect(reports).toEqual([uuidOf(3)]);
  link.close();
});

interface Replayed {
  readonly reported: readonly { readonly stack: string; readonly findings: number }[];
  readonly steps: readonly StepFact['kind'][];
  readonly throughSeq: number;
}

/** Says every session again, to a server of now. */
async function replayToServer({ sessions }: LinkRecording, say: (message: Buffer) => readonly Buffer[]): Promise<Replayed> {
  const tenant = await makeTenant(opened.db);
  const agent = await makeAgent(opened.db, tenant);
  const own = await pki.agent({ trustDomain, tenant, agent });
  const reported: { stack: string; findings: number }[] = [];
  const steps: StepFact['kind'][] = [];
  const nothing: OrderSource = { waiting: async () => [], received: async () => {} };
  const server = await startLinkServer({
    db: opened.db,
    pki,
    recordReport: async (_tx, _origin, { id, findings }) => void reported.push({ stack: id, findings: findings.length }),
    sources: [nothing],
    steps: {
      record: async (_tx, _origin, facts) => {
        steps.push(...facts.map(({ kind }) => kind));
        return facts.map(() => null);
      },
      committed: () => {},
    },
  });
  cleanups.push(() => server.stop(1_000));
  let throughSeq = 0;
  for (const session of sessions) {
    const link = rawLink(server.streamAddress, pki.root, own);
    const [first, ...rest] = session.agent.map((message) => Buffer.from(message, 'base64'));
    for (const message of say(first ?? Buffer.alloc(0))) link.bytes(message);
    throughSeq = Math.max(throughSeq, (await link.next('welcome')).resumeAfterSeq);
    for (const message of rest.flatMap((one) => say(one))) link.bytes(message);
    const lastSeq = Math.max(throughSeq, ...rest.map(seqOf));
    while (throughSeq < lastSeq) ({ throughSeq } = await link.next('ack'));
    link.finish();
    expect(await link.ended).toMatchObject({ code: 'OK' });
  }
  return { reported, steps, throughSeq };
}

function seqOf(message: Buffer): number {
  const received = linkServerMethod.requestDeserialize(message);
  return received.kind === 'frame' && received.frame.kind === 'fact' ? received.frame.fact.seq : 0;
}

function factsIn({ sessions }: LinkRecording): number {
  return Math.max(...sessions.flatMap(({ agent }) => agent.map((message) => seqOf(Buffer.from(message, 'base64')))));
}

/** Says what a server of that version said: Welcome and its orders, and each Ack once its fact has come. */
async function startRecordedServer({ sessions }: LinkRecording, say: (message: Buffer) => readonly Buffer[]): Promise<{ readonly address: string; readonly toldOrders: readonly string[] }> {
  const toldOrders: string[] = [];
  const said = (sessions[0]?.server ?? []).map((message) => Buffer.from(message, 'base64'));
  const frameOf = (message: Buffer) => {
    const received = linkClientMethod.deserialize(message);
    return received.kind === 'frame' ? received.frame : null;
  };
  const { key, certificateChain } = await pki.server();
  const server = new Server();
  server.addService({ connect: { ...linkServerMethod, responseSerialize: (message: Buffer) => message } }, {
    connect(call: ServerDuplexStream<ReturnType<typeof linkServerMethod.requestDeserialize>, Buffer>) {
      const write = (message: Buffer): void => say(message).forEach((one) => call.write(one));
      call.on('error', () => {});
      call.on('end', () => call.end());
      call.on('data', (received: ReturnType<typeof linkServerMethod.requestDeserialize>) => {
        if (received.kind !== 'frame') return;
        const { frame } = received;
        if (frame.kind === 'hello') said.filter((message) => !isAckOrDrain(frameOf(message))).forEach(write);
        if (frame.kind === 'order-received') toldOrders.push(frame.orderId);
        if (frame.kind === 'fact') said.filter((message) => acknowledges(frameOf(message), frame.fact.seq)).forEach(write);
      });
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    const secure = ServerCredentials.createSsl(Buffer.from(pki.root), [{ private_key: Buffer.from(key), cert_chain: Buffer.from(certificateChain) }], true);
    server.bindAsync('127.0.0.1:0', secure, (error, bound) => (error === null ? resolve(bound) : reject(error)));
  });
  cleanups.push(() => server.forceShutdown());
  return { address: `127.0.0.1:${port}`, toldOrders };
}

type Heard = { readonly kind: string; readonly throughSeq?: number; readonly order?: Order } | null;

function isAckOrDrain(frame: Heard): boolean {
  return frame === null || frame.kind === 'ack' || frame.order?.kind === 'drain';
}

function acknowledges(frame: Heard, seq: number): boolean {
  return frame?.kind === 'ack' && frame.throughSeq === seq;
}
