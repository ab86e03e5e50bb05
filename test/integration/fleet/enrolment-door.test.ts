import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentials } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { enrol, type EnrolRequest } from '#agent/identity/enrol.ts';
import { loadIdentity } from '#agent/identity/identity.ts';
import { loadOrCreateScrubKey } from '#agent/identity/scrub-key.ts';
import type { ServerTls } from '#ca/authority.ts';
import type { Draft } from '#ca/x509/draft.ts';
import { ecdsaP256, type KeyPair } from '#ca/x509/p256.ts';
import { toPem } from '#ca/x509/pem.ts';
import { publicKeyOf } from '#ca/x509/pin.ts';
import { sign } from '#ca/x509/sign.ts';
import type { Applicant, Enrolment } from '#control-plane/fleet/enrolment.ts';
import { EnrollmentService } from '#proto/codec/services.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import { makeTenant, type OpenedDatabase, openPgliteForTest } from '#test/harness/databases.ts';
import { makeFleet, serveEnrolment, type TestEnrolmentServer, type TestFleet } from '#test/harness/enrolment.ts';
import { localHosts, openTestPki, type TestPki } from '#test/harness/pki.ts';

let database: OpenedDatabase;
let pki: TestPki;
let fleet: TestFleet;
let tls: ServerTls;
let server: TestEnrolmentServer;
let tenant: TenantId;
let token: string;
let dataDir: string;
const cleanups: (() => void)[] = [];

beforeAll(async () => {
  database = await openPgliteForTest();
  pki = await openTestPki();
  fleet = makeFleet(database.db, pki, () => server.address);
  tls = await pki.authority.issueServer(localHosts);
  server = await serveEnrolment(fleet, tls);
});

beforeEach(async () => {
  fleet.setClock(Date.now());
  tenant = await makeTenant(database.db);
  ({ token } = await fleet.tokens.createToken(tenant, {}));
  dataDir = mkdtempSync(join(tmpdir(), 'dd0c-agent-'));
  server.told.lines.length = 0;
});

afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
  rmSync(dataDir, { recursive: true, force: true });
});

afterAll(async () => {
  server.stop();
  await database.close();
});

describe('enrolment', () => {
  test('trades a token for an identity under the pinned root', async () => {
    const identity = await enrolHere();

    expect(identity).toMatchObject({ tenant, address: 'localhost:7331', trustBundle: pki.trustBundle });
    expect(loadIdentity(dataDir, Date.now())).toEqual(identity);
    expect(await fleet.agents.getAgent(tenant, identity.agent)).toMatchObject({
      name: 'host-1',
      version: '0.1.0',
      state: 'enrolled',
      certificate: { serial: identity.serial, notAfter: identity.notAfter.toISOString() },
    });
    expect(server.told.lines).toEqual([expect.objectContaining({ msg: 'agent enrolled', tenant, agent: identity.agent, serial: identity.serial })]);
  });

  test('leaves files that only this user can read, and no candidate behind', async () => {
    await enrolHere();

    const modes = Object.fromEntries(readdirSync(join(dataDir, 'identity')).map((file) => [file, (statSync(join(dataDir, 'identity', file)).mode & 0o777).toString(8)]));
    expect(modes).toEqual({ 'key.pem': '600', 'certificate.pem': '600', 'trust.pem': '600', 'identity.json': '600', 'recovery.pem': '600', 'scrub.key': '600' });
    expect(statSync(join(dataDir, 'identity')).mode & 0o777).toBe(0o700);
    expect(readdirSync(dataDir)).toEqual(['identity']);
  });

  test.each(['127.0.0.1', '[::1]'])('checks the server by its address where it is dialled by one: %s', async (host) => {
    const there = await serve({ host });

    const identity = await enrolHere({ server: there.address });

    expect(identity.tenant).toBe(tenant);
  });

  test('takes the pin from the token where none is given', async () => {
    const identity = await enrolHere({ caPin: undefined });

    expect(identity.tenant).toBe(tenant);
  });

  test('after a lost answer gives the same key the same agent, and spends the token once', async () => {
    const agents: string[] = [];
    const losing = await serve({
      enrolment: {
        async enrol(applicant) {
          agents.push((await fleet.enrolment.enrol(applicant)).agent);
          throw new Fault('server-unreachable');
        },
      },
    });
    await expect(enrolHere({ server: losing.address })).rejects.toMatchObject({ code: 'server-unreachable' });

    const identity = await enrolHere();

    expect([identity.agent]).toEqual(agents);
    expect((await fleet.agents.listAgents(tenant, { limit: 10 })).items).toHaveLength(1);
    expect((await fleet.tokens.listTokens(tenant, { limit: 10 })).items).toMatchObject([{ uses: 1, used: 1 }]);
    expect((await fleet.certificates.listCertificates(tenant, { limit: 10 })).items).toHaveLength(2);
  });

  test('does not replace an identity unasked, and keeps the scrub key where it does', async () => {
    const first = await enrolHere();
    const scrubKey = await loadOrCreateScrubKey(dataDir);
    const { token: second } = await fleet.tokens.createToken(tenant, {});

    await expect(enrolHere({ token: second })).rejects.toMatchObject({ code: 'already-enrolled', facts: { agent: first.agent } });
    const replaced = await enrolHere({ token: second, force: true });

    expect(replaced.agent).not.toBe(first.agent);
    expect(replaced.key).not.toBe(first.key);
    expect(await loadOrCreateScrubKey(dataDir)).toEqual(scrubKey);
  });

  test('shows people no control characters that a host put into its name', async () => {
    const identity = await enrolHere({ hostname: 'a\u001b[31m\u202e\u0000b' });

    expect(await fleet.agents.getAgent(tenant, identity.agent)).toMatchObject({ name: 'a[31mb' });
  });
});

describe('the token is not sent', () => {
  test('to a server under another root', async () => {
    const other = await stranger();
    const there = await serve({ tls: await other.authority.issueServer(localHosts), enrolment: other.enrolment });

    const refused = enrolHere({ server: there.address });

    await expect(refused).rejects.toMatchObject({ code: 'pin-mismatch', facts: { expected: pki.authority.pin } });
    expect(other.heard).toEqual([]);
  });

  test('to somebody in between whose certificate claims to be signed by the true root, and who shows that', async () => {
    const other = await stranger();
    const [root] = pki.authority.trust.roots as [Uint8Array];
    const there = await serve({ tls: await impostor(root), enrolment: other.enrolment });

    await expect(enrolHere({ server: there.address })).rejects.toMatchObject({ code: 'server-untrusted' });

    expect(other.heard).toEqual([]);
  });

  test('to somebody who put the key of the true root into a root that he made', async () => {
    const other = await stranger();
    const there = await serve({ tls: await impostor(await forgeRoot()), enrolment: other.enrolment });

    await expect(enrolHere({ server: there.address })).rejects.toMatchObject({ code: 'pin-mismatch' });

    expect(other.heard).toEqual([]);
  });

  test.each(['localhost', '127.0.0.1'])('to a server whose certificate names another host than %s', async (host) => {
    const other = await stranger();
    const there = await serve({ host, tls: await pki.authority.issueServer(['elsewhere.example', '127.0.0.9']), enrolment: other.enrolment });

    await expect(enrolHere({ server: there.address })).rejects.toMatchObject({ code: 'server-untrusted' });

    expect(other.heard).toEqual([]);
  });

  test('to an agent of the fleet who plays the server', async () => {
    const other = await stranger();
    const agent = await pki.issueAgent(tenant, (await enrolHere()).agent);
    const there = await serve({ tls: { ...tls, key: agent.key, certificateChain: agent.certificateChain + pki.trustBundle }, enrolment: other.enrolment });

    await expect(enrolHere({ server: there.address, force: true })).rejects.toMatchObject({ code: 'server-untrusted' });

    expect(other.heard).toEqual([]);
  });

  test('anywhere, where token and pin name different servers', async () => {
    const other = await stranger();
    const there = await serve({ tls: await other.authority.issueServer(localHosts), enrolment: other.enrolment });

    await expect(enrolHere({ server: there.address, caPin: other.authority.pin })).rejects.toMatchObject({ code: 'pin-mismatch' });

    expect(other.heard).toEqual([]);
  });

  test('anywhere, where it is none', async () => {
    await expect(enrolHere({ token: 'dd0c-join-v1.abc' })).rejects.toMatchObject({ code: 'token-invalid' });
  });
});

describe('a server that cannot be asked', () => {
  test('because nothing listens', async () => {
    await expect(enrolHere({ server: 'localhost:1' })).rejects.toMatchObject({ code: 'server-refused' });
  });

  test('because its name is unknown', async () => {
    await expect(enrolHere({ server: 'dd0c.invalid:7332' })).rejects.toMatchObject({ code: 'server-name-unknown' });
  });

  test('because it does not speak TLS', async () => {
    const plain = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => plain.close());
    const address = plain.address();

    const refused = enrolHere({ server: `127.0.0.1:${typeof address === 'object' ? address?.port : ''}` });

    await expect(refused).rejects.toMatchObject({ code: 'server-not-tls' });
  });
});

test('a server whose certificate ran out, or a clock that is wrong, is named as that', async () => {
  fleet.setClock(Date.now() - 100 * 24 * 3_600_000);
  const there = await serve({ tls: await pki.authority.issueServer(localHosts) });

  await expect(enrolHere({ server: there.address })).rejects.toMatchObject({ code: 'clock-wrong', facts: { whose: 'server' } });
});

test('a data folder that cannot be written is named, and no token is spent', async () => {
  writeFileSync(join(dataDir, 'identity.next'), 'in the way');

  await expect(enrolHere()).rejects.toMatchObject({ code: 'identity-unwritable' });

  expect((await fleet.tokens.listTokens(tenant, { limit: 1 })).items).toMatchObject([{ used: 0 }]);
});

describe('a refusal', () => {
  test('names its reason to the host and leaves one line in the log, without the secret', async () => {
    await enrolHere();
    server.told.lines.length = 0;

    const another = mkdtempSync(join(tmpdir(), 'dd0c-agent-'));
    cleanups.push(() => rmSync(another, { recursive: true, force: true }));
    await expect(enrolHere({ dataDir: another })).rejects.toMatchObject({ code: 'token-used' });

    expect(server.told.lines).toEqual([expect.objectContaining({ msg: 'enrolment refused', fault: 'token-used', level: 40 })]);
    expect(JSON.stringify(server.told.lines)).not.toContain(token.split('.')[2]);
  });

  test.each([
    ['no token', { token: '', csr: Buffer.alloc(0) }, 'token-invalid'],
    ['a token too long to be one', { token: 'x'.repeat(100_000), csr: Buffer.alloc(0) }, 'request-invalid'],
    ['a request that is none', { csr: Buffer.from('not a request') }, 'csr-invalid'],
    ['a request too long to be one', { csr: Buffer.alloc(64 * 1024, 0x30) }, 'csr-invalid'],
  ])('of %s harms nothing', async (_what, message, code) => {
    const client = new EnrollmentService(server.address, credentials.createSsl(Buffer.from(pki.trustBundle)));
    cleanups.push(() => client.close());

    const trailer = await new Promise((resolve) => client.Enroll({ token, hostname: 'h', agentVersion: '1', ...message }, (error) => resolve(error?.metadata.get('dd0c-fault'))));

    expect(trailer).toEqual([code]);
    expect(server.told.lines).toEqual([expect.objectContaining({ msg: 'enrolment refused', fault: code })]);
    expect((await enrolHere()).tenant).toBe(tenant);
  });
});

test('a server that gives a certificate for another key is not believed', async () => {
  const wrong = await pki.issueAgent(tenant, (await fleetAgent()).agent);
  const there = await serve({
    enrolment: {
      enrol: async () => ({ ...(await fleetAgent()), certificateChain: wrong.issued.chain }),
    },
  });

  await expect(enrolHere({ server: there.address })).rejects.toMatchObject({ code: 'answer-not-understood', facts: { reason: 'the certificate is for another key' } });

  expect(readFileSync(join(dataDir, 'identity.next', 'key.pem'), 'utf8')).toContain('PRIVATE KEY');
});

function enrolHere(more: Partial<EnrolRequest> = {}) {
  return enrol({ server: server.address, caPin: pki.authority.pin, token, dataDir, hostname: 'host-1', version: '0.1.0', ...more });
}

/** Another enrolment server of this test alone. */
async function serve({ host, enrolment = fleet.enrolment, tls: shown = tls }: { host?: string; enrolment?: Enrolment; tls?: ServerTls } = {}): Promise<TestEnrolmentServer> {
  const there = await serveEnrolment({ ...fleet, enrolment }, shown, host === undefined ? {} : { host });
  cleanups.push(() => there.stop());
  return there;
}

/** Another installation, whose door writes down what it hears. */
async function stranger() {
  const other = await openTestPki();
  const heard: Applicant[] = [];
  const enrolment: Enrolment = {
    async enrol(applicant) {
      heard.push(applicant);
      throw new Fault('token-invalid');
    },
  };
  return { authority: other.authority, heard, enrolment };
}

/** A root with the true root's key, which that key never signed. */
async function forgeRoot(): Promise<Uint8Array> {
  const { privateKey } = await newKeys();
  const draft = { serial: '40', subject: 'CN=forged', publicKey: publicKeyOf(pki.trustBundle), names: [], notBefore: new Date(0), notAfter: new Date('2040-01-01'), pathLength: 1, purposes: [] };
  return await sign(draft, { crypto, keys: { privateKey, publicKey: await trueRootKey() }, certificate: null });
}

/** A server whose certificate names this root as its issuer, by name and by key, but is signed by somebody else. */
async function impostor(root: Uint8Array): Promise<ServerTls> {
  const [own, { privateKey }] = [await newKeys(), await newKeys()];
  const draft: Draft = {
    serial: '41', subject: 'CN=impostor', publicKey: new Uint8Array(await crypto.subtle.exportKey('spki', own.publicKey)),
    names: [{ type: 'dns', value: 'localhost' }], notBefore: new Date(0), notAfter: new Date('2040-01-01'), pathLength: null, purposes: ['serverAuth'],
  };
  const leaf = await sign(draft, { crypto, keys: { privateKey, publicKey: await trueRootKey() }, certificate: root });
  return { ...tls, key: await toPemKey(own.privateKey), certificateChain: toPem([leaf, root]) };
}

async function toPemKey(key: CryptoKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', key));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' });
}

async function newKeys(): Promise<KeyPair> {
  return await crypto.subtle.generateKey(ecdsaP256, true, ['sign', 'verify']);
}

function trueRootKey(): Promise<CryptoKey> {
  return crypto.subtle.importKey('spki', new Uint8Array(publicKeyOf(pki.trustBundle)), ecdsaP256, true, ['verify']);
}

async function fleetAgent() {
  const identity = await enrol({ ...(await elsewhere()), server: server.address, hostname: 'other', version: '0.1.0' });
  return { ...identity, trust: pki.authority.trust, certificateChain: [], by: {}, isNew: true };
}

async function elsewhere() {
  const folder = mkdtempSync(join(tmpdir(), 'dd0c-agent-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return { dataDir: folder, token: (await fleet.tokens.createToken(tenant, {})).token };
}
