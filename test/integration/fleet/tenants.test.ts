import { sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { directly } from '#agent/dial/dialler.ts';
import { ask, askChallenge, askRecovery, askRenewal } from '#agent/identity/ask.ts';
import { publicKeyOf } from '#agent/identity/candidate.ts';
import { enrol } from '#agent/identity/enrol.ts';
import type { Identity } from '#agent/identity/identity.ts';
import { parseServerAddress } from '#agent/identity/server-address.ts';
import { Pkcs10CertificateRequestGenerator, SubjectAlternativeNameExtension } from '#ca/x509/library.ts';
import { ecdsaP256 } from '#ca/x509/p256.ts';
import { writeRequest } from '#ca/x509/request.ts';
import { createEnrolmentDoor } from '#control-plane/grpc/enrolment-door.ts';
import { createLiveSessions } from '#control-plane/grpc/live-sessions.ts';
import { createRenewalDoor } from '#control-plane/grpc/renewal-door.ts';
import { type GrpcServer, startGrpcServer } from '#control-plane/grpc/server.ts';
import { AgentService, EnrollmentService } from '#proto/codec/services.ts';
import { spiffeUri, type TenantId } from '#proto/domain/identity.ts';
import { recoveryStatement } from '#proto/domain/recovery.ts';
import { makeTenant, type OpenedDatabase, openPgliteForTest } from '#test/harness/databases.ts';
import { makeFleet, type TestFleet } from '#test/harness/enrolment.ts';
import { rowsOf } from '#test/harness/http-door.ts';
import { ageless, listen, type Told } from '#test/harness/link.ts';
import { localHosts, makeKey, openTestPki, type TestPki } from '#test/harness/pki.ts';

let opened: OpenedDatabase;
let pki: TestPki;
let fleet: TestFleet;
let server: GrpcServer;
let told: Told;
let folder: string;
let owner: Identity;
let intruder: Identity;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dd0c-tenants-'));
  opened = await openPgliteForTest();
  pki = await openTestPki();
  fleet = makeFleet(opened.db, pki);
  told = listen();
  const log = told.log;
  const door = createEnrolmentDoor({ ...fleet, streamAddress: () => server.streamAddress, clock: Date.now, log });
  const serveRenewal = createRenewalDoor({ renewal: fleet.renewal, anchors: pki.authority, adopt: async () => undefined, cut: () => {}, clock: Date.now, log });
  server = await startGrpcServer({ streamAddress: '127.0.0.1:0', enrolAddress: '127.0.0.1:0', tls: await pki.authority.issueServer(localHosts), serveStream: (call) => call.end(), serveRenewal, enrolment: door, live: createLiveSessions(), age: ageless, log });
  owner = await letIn('owner');
  intruder = await letIn('intruder');
});

afterAll(async () => {
  await server.stop(100);
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What somebody of another tenant can try at each call to come to something of the owner's. A new call without a case fails below. */
const attempts: Readonly<Record<string, () => Promise<void>>> = {
  /** Test/integration/link/tenants.test.ts goes through what can be said on it. */
  Connect: async () => {},

  async Renew() {
    const key = makeKey();
    const named = await requestNaming(spiffeUri(owner), key);
    const { certificateChain } = await renewAs(intruder, named);
    expect(identityOf(certificateChain)).toBe(`URI:${spiffeUri(intruder)}`); // the names in a request were never read

    const replayed = await writeRequest(owner.key); // the owner's own request, seen on its way
    const answered = await renewAs(intruder, replayed).then(({ certificateChain: chain }) => identityOf(chain), String);
    expect(answered).not.toContain(owner.agent);

    const other = await openTestPki();
    const forged = await other.issueAgent(owner.tenant, owner.agent);
    await expect(renewAs({ ...owner, ...forged }, await writeRequest(key))).rejects.toMatchObject({ code: 'server-unreachable' }); // TLS takes nobody of another authority
    expect(told.lines.at(-1)).toMatchObject({ msg: 'certificate refused', fault: 'certificate-invalid' });
  },

  /** A number for everybody: whoever has it has nothing. */
  Challenge: async () => expect((await askChallenge(enrolPeer())).length).toBeGreaterThan(15),

  async Recover() {
    const csr = await writeRequest(makeKey());
    const names = [
      { tenant: owner.tenant, agent: owner.agent, serial: owner.serial },
      { tenant: intruder.tenant, agent: owner.agent, serial: owner.serial },
      { tenant: owner.tenant, agent: intruder.agent, serial: intruder.serial },
      { tenant: intruder.tenant, agent: intruder.agent, serial: owner.serial },
    ];
    for (const name of names) {
      const claim = { ...name, csr, nonce: await askChallenge(enrolPeer()) };
      const signature = sign('sha256', recoveryStatement(claim), intruder.recoveryKey ?? '');
      await expect(askRecovery(enrolPeer(), claim, signature)).rejects.toMatchObject({ code: 'recovery-refused' });
    }
  },

  async Enroll() {
    const { token } = await fleet.tokens.createToken(intruder.tenant, { uses: 1, ttlSeconds: 600, labels: {}, networks: [] });
    const application = { proof: { kind: 'token', token } as const, csr: await requestNaming(spiffeUri(owner), makeKey()), recoveryKey: publicKeyOf(owner.recoveryKey ?? ''), hostname: 'owner', agentVersion: '0.1.0' };

    const { tenantId, agentId, certificateChain } = await ask(enrolPeer(), application);

    expect(tenantId).toBe(intruder.tenant);
    expect(agentId).not.toBe(owner.agent);
    expect(identityOf(certificateChain)).toContain(`/tenant/${intruder.tenant}/agent/${agentId}`);
  },
};

test.each(Object.keys({ ...EnrollmentService.service, ...AgentService.service }))('%s: with the identity of another tenant there is nothing of an agent to be had, and nothing of it moves', async (call) => {
  const attempt = attempts[call];
  const before = await rowsOf(opened.db, owner.tenant);

  expect(attempt, 'what another tenant can try here').toBeDefined();
  await attempt?.();

  expect(await rowsOf(opened.db, owner.tenant)).toEqual(before);
});

async function letIn(name: string): Promise<Identity> {
  const tenant: TenantId = await makeTenant(opened.db);
  const { token } = await fleet.tokens.createToken(tenant, { uses: 1, ttlSeconds: 600, labels: {}, networks: [] });
  return await enrol({ server: server.enrolAddress, token, dataDir: join(folder, name), hostname: name, version: '0.1.0' });
}

function renewAs(holder: Pick<Identity, 'key' | 'certificateChain'>, csr: Uint8Array) {
  return askRenewal(parseServerAddress(server.streamAddress), { ...holder, trustBundle: pki.trustBundle }, csr, directly);
}

function enrolPeer() {
  return { server: parseServerAddress(server.enrolAddress), root: pki.trustBundle, dialler: directly };
}

function identityOf([leaf = new Uint8Array()]: readonly Uint8Array[]): string {
  return new X509Certificate(leaf).subjectAltName ?? '';
}

/** A request that asks to be somebody. */
async function requestNaming(uri: string, pem: string): Promise<Uint8Array> {
  const pkcs8 = Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, ecdsaP256, true, ['sign']);
  const publicKey = await crypto.subtle.importKey('spki', Buffer.from(publicKeyOf(pem)), ecdsaP256, true, ['verify']);
  const request = await Pkcs10CertificateRequestGenerator.create({ name: 'CN=owner', keys: { privateKey, publicKey }, signingAlgorithm: ecdsaP256, extensions: [new SubjectAlternativeNameExtension([{ type: 'url', value: uri }])] });
  return Buffer.from(request.rawData);
}
