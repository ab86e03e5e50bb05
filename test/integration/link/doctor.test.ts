import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Patient } from '#agent/cli/doctor/check.ts';
import { keepTrouble } from '#agent/identity/recover.ts';
import { checkCertificate } from '#agent/cli/doctor/checks/certificate.ts';
import { checkDisk } from '#agent/cli/doctor/checks/disk.ts';
import { checkProxy } from '#agent/cli/doctor/checks/proxy.ts';
import { checkReach, judgeSkew } from '#agent/cli/doctor/checks/reach.ts';
import { parseConfig } from '#agent/config/parse-config.ts';
import { createDialler } from '#agent/dial/dialler.ts';
import type { Identity } from '#agent/identity/identity.ts';
import { openSpool } from '#agent/spool/spool.ts';
import { createAgents } from '#control-plane/fleet/agents.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { AgentIdentity } from '#proto/domain/identity.ts';
import { chunk } from '#test/fakes/facts.ts';
import { startConnectProxy } from '#test/harness/connect-proxy.ts';
import { makeTenant, type OpenedDatabase, openPgliteForTest } from '#test/harness/databases.ts';
import { type LinkServer, makeAgent, startAgent, startLinkServer, trustDomain } from '#test/harness/link.ts';
import { type LinkPki, makeLinkPki } from '#test/harness/link-pki.ts';

const hourMs = 3_600_000;
const cleanups: (() => unknown)[] = [];
let opened: OpenedDatabase;
let pki: LinkPki;
let server: LinkServer;
let who: AgentIdentity;
let identity: Identity;
let dataDir: string;

beforeAll(async () => {
  opened = await openPgliteForTest();
  pki = await makeLinkPki();
  server = await startLinkServer({ db: opened.db, pki, recordReport: async () => {}, certificate: await pki.server([{ type: 'dns', value: 'control-plane.invalid' }, { type: 'ip', value: '127.0.0.1' }]) });
  const tenant = await makeTenant(opened.db);
  who = { trustDomain, tenant, agent: await makeAgent(opened.db, tenant) };
  identity = { ...who, ...(await pki.agent(who)), trustBundle: pki.root, address: server.streamAddress, serial: '0a'.repeat(16), enrolledAt: new Date() , enrolAddress: null, recoveryKey: null};
});

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'dd0c-doctor-'));
});

afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
  rmSync(dataDir, { recursive: true, force: true });
});

afterAll(async () => {
  await server.stop(1_000);
  await opened.close();
});

test('a control plane that answers is good, and so is a clock like its own; no session begins', async () => {
  const findings = await checkReach(patient());

  expect(findings).toMatchObject([{ name: 'reach', state: 'good', detail: expect.stringContaining('TLSv1.3') }, { name: 'clock skew', state: 'good' }]);
  expect(server.live.size).toBe(0);
});

test.each([
  [4_000, 'good', /less than 5 s/],
  [-30_000, 'note', /^30 s behind/],
  [30_000, 'note', /^30 s ahead of/],
  [hourMs, 'bad', /^3600 s ahead of/],
])('a clock that is off by %d ms is %s', (skewMs, state, detail) => {
  const now = Date.now();

  expect(judgeSkew(new Date(now - skewMs), now)).toMatchObject([{ name: 'clock skew', state, detail: expect.stringMatching(detail) }]);
});

test.each<[string, () => Promise<Partial<Identity>>, RegExp, RegExp]>([
  ['is of another authority', async () => ({ trustBundle: (await makeLinkPki()).root }), /not signed by the authority/, /authority was replaced/],
  ['has expired', () => elsewhere({ notAfter: new Date(Date.now() - 1_000) }), /CERT_HAS_EXPIRED/, /Set the clock/],
  ['is not valid yet', () => elsewhere({ notBefore: new Date(Date.now() + hourMs), notAfter: new Date(Date.now() + 2 * hourMs) }), /CERT_NOT_YET_VALID/, /Set the clock/],
  ['cannot be had, for nothing listens', async () => ({ address: '127.0.0.1:1' }), /Nothing listens/, /port is right/],
])('a control plane whose certificate %s is told as that, with the next step', async (_, change, detail, next) => {
  const findings = await checkReach(patient({ identity: { ...identity, ...(await change()) } }));

  expect(findings).toMatchObject([{ name: 'reach', state: 'bad', detail: expect.stringMatching(detail), next: expect.stringMatching(next) }]);
});

test('says which proxy leads to which address, without its password, and goes through it', async () => {
  const proxy = await startConnectProxy({ hosts: () => ({ 'control-plane.invalid:7331': server.streamAddress }) });
  cleanups.push(() => proxy.close());
  const env = { HTTPS_PROXY: `http://me:hunter2@127.0.0.1:${proxy.port}`, NO_PROXY: 'enrol.example' };
  const config = { config: parseConfig('version: 1\nserver: enrol.example:7332\n', 'dd0c.yaml'), file: null, folder: dataDir };
  const who = patient({ identity: { ...identity, address: 'control-plane.invalid:7331' }, env, dialler: createDialler({ env }), config });

  const findings = [...(await checkProxy(who)), ...(await checkReach(who))];

  expect(findings).toMatchObject([
    { name: 'proxy', state: 'good', detail: expect.stringMatching(/^stream control-plane\.invalid:7331: through 127\.0\.0\.1:\d+ in the clear, with a name and a password, as HTTPS_PROXY says/) },
    { name: 'proxy', state: 'good', detail: expect.stringMatching(/^enrolment enrol\.example:7332: directly/) },
    { name: 'reach', state: 'good' },
    { name: 'clock skew', state: 'good' },
  ]);
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});

test('a proxy that cannot be used is bad, by the variable that names it', async () => {
  const env = { ALL_PROXY: 'socks5://me:hunter2@a:1' };
  const who = patient({ identity: { ...identity, address: 'control-plane.invalid:7331' }, env, dialler: createDialler({ env }) });

  const [finding] = await checkProxy(who);

  expect(finding).toMatchObject({ state: 'bad', detail: expect.stringContaining('ALL_PROXY'), next: expect.stringContaining('NO_PROXY') });
  expect(JSON.stringify(finding)).not.toContain('hunter2');
});

test('tells of a certificate that has ended whether the agent can come back, and what it waits for', async () => {
  const over = { ...identity, notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2026-01-02T00:00:00Z') };
  const recoverable = { ...over, recoveryKey: 'PEM', enrolAddress: 'localhost:7332' };
  const look = async (of: Identity) => (await checkCertificate(patient({ identity: of, now: new Date('2026-01-05T00:00:00Z') })))[0];

  expect(await look(over)).toMatchObject({ state: 'bad', next: expect.stringContaining('--force') });
  expect(await look(recoverable)).toMatchObject({ state: 'bad', next: expect.stringContaining('Start the agent') });
  await keepTrouble(dataDir, new Fault('recovery-awaits-approval', { request: 'r-1' }), new Date('2026-01-04T00:00:00Z'));
  expect(await look(recoverable)).toMatchObject({ detail: expect.stringMatching(/2026-01-04.*must approve.*r-1/), next: expect.stringContaining('dd0c recoveries list') });
});

test('tells how old the certificate is and when it renews, and when that is overdue', async () => {
  const [notBefore, notAfter] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-01-02T00:00:00Z')];
  const at = async (time: string) => (await checkCertificate(patient({ identity: { ...identity, notBefore, notAfter }, now: new Date(time) }))).find(({ name }) => name === 'certificate');

  expect(await at('2026-01-01T06:00:00Z')).toMatchObject({ state: 'good', detail: expect.stringContaining('6 h old, 18 h of 24 h left; renews between 2026-01-01T10:48 and 2026-01-01T13:12 UTC') });
  expect(await at('2026-01-01T18:00:00Z')).toMatchObject({ state: 'note', next: expect.stringContaining('overdue') });
  expect(await at('2026-01-02T00:00:00Z')).toMatchObject({ state: 'bad' });
});

test('a full spool is bad, and one that was set aside is told until somebody has looked', async () => {
  const spool = openSpool({ dir: dataDir, maxBytes: 2_000, newId: () => crypto.randomUUID(), clock: Date.now, warn: () => {} });
  spool.append([chunk(1, 1_800)]);
  spool.close();
  mkdirSync(join(dataDir, 'spool'), { recursive: true });
  writeFileSync(join(dataDir, 'spool', 'spool.db.corrupt-2026-01-02T030405.000Z'), '');
  const config = { config: parseConfig('version: 1\nspool: { maxBytes: 1900 }\n', 'dd0c.yaml'), file: null, folder: dataDir };

  const findings = (await checkDisk(patient({ config }))).filter(({ name }) => name === 'spool');

  expect(findings).toMatchObject([
    { state: 'bad', detail: expect.stringContaining('full'), next: expect.stringContaining('spool.maxBytes') },
    { state: 'note', detail: expect.stringContaining('corrupt-2026-01-02T030405.000Z') },
  ]);
});

test('the agent says so, too, with its first word, to whoever looks at the list', async () => {
  mkdirSync(join(dataDir, 'spool'), { recursive: true });
  writeFileSync(join(dataDir, 'spool', 'spool.db.corrupt-2026-01-02T030405.000Z'), '');
  const agents = createAgents({ db: opened.db, cut: () => {}, wake: () => {}, newId: () => crypto.randomUUID(), clock: Date.now });

  const agent = startAgent(identity, pki.root, () => server.streamAddress, { dir: dataDir });
  cleanups.push(() => agent.stop());

  await expect.poll(async () => (await agents.getAgent(who.tenant, who.agent)).alerts).toEqual(['spool-corrupt']);
  expect(server.told.lines).toContainEqual(expect.objectContaining({ msg: 'the agent says that something is wrong with it', alerts: ['spool-corrupt'] }));
});

function patient(changed: Partial<Patient> = {}): Patient {
  return { dataDir, identity, config: null, env: {}, dialler: createDialler(), now: new Date(), ...changed };
}

/** A server of its own whose certificate is valid at another time. */
async function elsewhere(validity: Parameters<LinkPki['server']>[1]): Promise<Partial<Identity>> {
  const there = await startLinkServer({ db: opened.db, pki, recordReport: async () => {}, certificate: await pki.server(undefined, validity) });
  cleanups.push(() => there.stop(0));
  return { address: there.streamAddress };
}
