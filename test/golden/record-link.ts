/**
 * Records what an agent and a server of this version say to one another, for later versions to be tested against:
 * `node pinned.mjs test/golden/record-link.ts` writes test/golden/link/VERSION.json. A recording of a version that was
 * released is never written again.
 */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { version } from '#agent/config/version.ts';
import { writeRequest } from '#ca/x509/request.ts';
import { AgentService } from '#proto/codec/services.ts';
import { capabilities } from '#proto/domain/capability.ts';
import type { StepFact } from '#proto/domain/fact.ts';
import type { Order } from '#proto/domain/order.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import { scrubbed } from '#test/fakes/facts.ts';
import { deliveryOf } from '#test/fakes/approvers.ts';
import { finding, report } from '#test/fakes/reports.ts';
import { startRelay } from '#test/faults/relay.ts';
import { makeTenant, openPgliteForTest } from '#test/harness/databases.ts';
import { makeAgent, startAgent, startLinkServer, trustDomain } from '#test/harness/link.ts';
import { makeLinkPki } from '#test/harness/link-pki.ts';
import { type LinkRecording, recordingFile } from '#test/harness/link-recording.ts';
import { numberedOrder } from '#test/harness/step-orders.ts';

const file = recordingFile(version);
if (existsSync(file) && !process.argv.includes('--again')) throw new Error(`${file} is there already; --again writes it anew, which is right only before ${version} is released`);

const opened = await openPgliteForTest();
const pki = await makeLinkPki();
const tenant = await makeTenant(opened.db);
const agent = await makeAgent(opened.db, tenant);
const own = await pki.agent({ trustDomain, tenant, agent });
const step = numberedOrder(1);
const waiting: Order[] = [];
const reported: { stack: string; findings: number }[] = [];
const told = new Set<string>();
const server = await startLinkServer({
  db: opened.db,
  pki,
  limits: { heartbeatIntervalMs: 50 },
  recordReport: async (_tx, _origin, { id, findings }) => void reported.push({ stack: id, findings: findings.length }),
  sources: [{ waiting: async () => waiting.map((order) => ({ agent, order })), cancelled: async () => (told.has('step-started') ? [{ agent, orderId: step.id }] : []), received: async (_tx, _agent, id) => void waiting.splice(0, waiting.length, ...waiting.filter((order) => order.id !== id)) }],
  steps: {
    record: async (_tx, _origin, facts) => {
      for (const { kind } of facts) told.add(kind);
      return facts.map(() => null);
    },
    committed: () => {},
  },
});

const sessions: { agent: string[]; server: string[] }[] = [];
const relay = await startRelay({
  own: await pki.server(),
  trustBundle: pki.root,
  agent: () => own,
  onSession: () => void sessions.push({ agent: [], server: [] }),
  onMessage: (to, message) => void sessions.at(-1)?.[to === 'server' ? 'agent' : 'server'].push(message.toString('base64')),
});
relay.leadTo(server.streamAddress);
const scans: string[] = [];
const { spool, uplink, stop } = startAgent(own, pki.root, () => relay.address, {
  about: { agentVersion: version, capabilities: ['scan', capabilities.steps, capabilities.drain], hostname: 'host', os: 'linux', arch: 'x64' },
  onOrder: ({ id }) => void scans.push(id),
  onStepOrder({ id }) {
    spool.append(stepFacts(id).map((fact) => scrubbed(fact)));
    return true;
  },
  onDrain: () => void told.add('drain'),
});

spool.append(splitReport(scrubbed(report('first', [finding(1), finding(2)])), randomUUID()));
await uplink.flush(AbortSignal.timeout(30_000));
await asTenant(opened.db, tenant, (tx) => server.orders.request(tx, agent, { stacks: ['first'] }));
waiting.push(deliveryOf(step.order, [], step.id));
await until(() => scans.length > 0 && told.has('step-end'));
await uplink.flush(AbortSignal.timeout(30_000));
uplink.reconnect(); // and it goes on behind what was acknowledged
await until(() => sessions.length > 1 && uplink.state.kind === 'live');
spool.append(splitReport(scrubbed(report('second', [finding(3)])), randomUUID()));
await uplink.flush(AbortSignal.timeout(30_000));
waiting.push({ kind: 'drain', id: randomUUID() });
await until(() => told.has('drain'));
await stop();
relay.close();
await server.stop(1_000);
await opened.close();

const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' });
const wire = AgentService.service.Renew;
const recording: LinkRecording = {
  schema: 'dd0c.link-recording/v1',
  version,
  sessions,
  renewal: {
    request: wire.requestSerialize({ csr: Buffer.from(await writeRequest(key)) }).toString('base64'),
    response: wire.responseSerialize({ certificateChain: [derOf(own.certificateChain)], trustBundle: [derOf(pki.root)] }).toString('base64'),
  },
  reported,
};
writeFileSync(file, `${JSON.stringify(recording, null, 1)}\n`);
process.stdout.write(`${file}: ${sessions.map(({ agent: up, server: down }) => `${up.length} up, ${down.length} down`).join('; ')}\n`);

function stepFacts(orderId: string): readonly StepFact[] {
  return [
    { kind: 'step-started', orderId, startedAtMs: 1_800_000_000_000 },
    { kind: 'step-output', orderId, index: 0, stream: 'stdout', atMs: 3, data: Buffer.from('ok\n') },
    { kind: 'step-end', orderId, result: Buffer.from('{}') },
  ];
}

function derOf(pem: string): Buffer {
  const [, body = ''] = /-----BEGIN CERTIFICATE-----([^-]+)-----END/.exec(pem) ?? [];
  return Buffer.from(body, 'base64');
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('what is to be recorded did not happen');
    await new Promise((resolve) => void setTimeout(resolve, 20));
  }
}
