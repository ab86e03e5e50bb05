import { createHmac, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportSPKI } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { enrol } from '#agent/identity/enrol.ts';
import { createKubernetesVoucher } from '#agent/identity/kubernetes-voucher.ts';
import type { Voucher } from '#agent/identity/voucher.ts';
import type { MadeJoinPolicy } from '#control-plane/fleet/joining/join-policies.ts';
import { createKeySets } from '#control-plane/fleet/joining/key-sets.ts';
import { createKubernetesAttestor } from '#control-plane/fleet/joining/kubernetes-attestor.ts';
import type { NewRule } from '#control-plane/fleet/joining/rules.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import type { TestFleet } from '#test/harness/enrolment.ts';
import { encode, type FakeCluster, forge, makeFakeCluster, serveKeys, type ServedKeys, tamper } from '#test/harness/fake-cluster.ts';
import { type JoiningScene, openJoiningScene, vouchedFor } from '#test/harness/joining.ts';
import { type KubeApiServer, kubeAssets, startKubeApiServer } from '#test/harness/kube-apiserver.ts';
import { makeKey } from '#test/harness/pki.ts';

let scene: JoiningScene;
let fleet: TestFleet;
let tenant: TenantId;

beforeAll(async () => {
  scene = await openJoiningScene((clock) => [createKubernetesAttestor({ clock, keySets: createKeySets(() => performance.now()) })]);
  ({ fleet } = scene);
});

beforeEach(async () => {
  tenant = await scene.newTenant();
});

afterEach(() => scene.clean());

afterAll(async () => {
  await scene.close();
});

describe('a pod', () => {
  const issuer = 'https://kubernetes.default.svc';
  let cluster: FakeCluster;
  let policy: MadeJoinPolicy;
  let audience: string;

  beforeEach(async () => {
    audience = `dd0c-test-${randomUUID()}`;
    cluster = await makeFakeCluster({ issuer, audience });
    policy = await addPolicy(ruleOfCluster());
  });

  test('joins by its service account, from a file', async () => {
    const file = join(scene.folder(), 'token');
    writeFileSync(file, `${await cluster.token()}\n`);

    const identity = await enrol({ server: scene.server.address, caPin: policy.caPin, voucher: createKubernetesVoucher({ policy: policy.id, file }), dataDir: scene.folder(), hostname: 'pod', version: '0.1.0' });

    expect(await fleet.agents.getAgent(tenant, identity.agent)).toMatchObject({ name: 'pod', state: 'enrolled' });
  });

  test.each(['ES256', 'RS512'])('joins with %s', async (alg) => {
    cluster = await makeFakeCluster({ issuer, audience, alg });
    policy = await addPolicy(ruleOfCluster());

    await expect(joinWith(await cluster.token())).resolves.toMatchObject({ isNew: true });
  });

  test.each([
    ['expired', { exp: 1_000, iat: 900, nbf: 900 }],
    ['not yet valid', { nbf: 9_999_999_999 }],
    ['without an end', { exp: undefined }],
    ['without a beginning', { nbf: undefined }],
    ['of another issuer', { iss: 'https://kubernetes.default.svc.evil.example' }],
    ['for another audience', { aud: ['https://kubernetes.default.svc'] }],
    ['for two audiences', { aud: ['AUDIENCE', 'vault'] }],
    ['without an audience', { aud: undefined }],
    ['of two service accounts', { sub: 'system:serviceaccount:kube-system:admin' }],
    ['of nobody', { 'kubernetes.io': undefined }],
    ['that lives for a year', { exp: Math.floor(Date.now() / 1_000) + 31_536_000 }],
  ])('is refused with a token %s', async (_what, claims) => {
    const given = 'aud' in claims && claims.aud?.[0] === 'AUDIENCE' ? { aud: [audience, 'vault'] } : claims;

    await expect(joinWith(await cluster.token(given))).rejects.toMatchObject({ code: 'attestation-refused' });
    expect((await fleet.agents.listAgents(tenant, { limit: 1 })).items).toEqual([]);
  });

  test.each([
    ['none', async () => forge({ alg: 'none' }, await cluster.token(), () => '')],
    ['a symmetric algorithm, with the public key as its secret', async () => forge({ alg: 'HS256' }, await cluster.token(), async (data) => createHmac('sha256', await exportSPKI(cluster.publicKey)).update(data).digest('base64url'))],
    ['a key in its own header', async () => (await makeFakeCluster({ issuer, audience })).token({}, { jwk: cluster.keys.keys[0], kid: cluster.keys.keys[0]?.kid })],
    ['the key of another cluster under the same name', async () => (await makeFakeCluster({ issuer, audience })).token({}, { kid: cluster.keys.keys[0]?.kid })],
    ['a key that the cluster does not have', async () => (await makeFakeCluster({ issuer, audience })).token()],
    ['a header that asks for more than is understood', async () => (await cluster.token()).replace(/^[^.]+/, encode({ alg: 'RS256', crit: ['x'], x: 1 }))],
    ['a claim changed after it was signed', async () => tamper(await cluster.token())],
    ['nothing', async () => 'a.b.c'],
    ['not even dots', async () => 'token'],
  ])('is refused with a token signed by %s', async (_what, make) => {
    await expect(joinWith(await make())).rejects.toMatchObject({ code: 'attestation-refused' });
  });

  test('of another namespace or service account is who it is, and not let in', async () => {
    const of = (namespace: string, name: string) => cluster.token({ sub: `system:serviceaccount:${namespace}:${name}`, 'kubernetes.io': { namespace, serviceaccount: { name, uid: randomUUID() } } });

    await expect(joinWith(await of('shop', 'default'))).rejects.toMatchObject({ code: 'attestation-not-allowed', facts: { serviceAccount: 'shop/default' } });
    await expect(joinWith(await of('evil', 'dd0c-agent'))).rejects.toMatchObject({ code: 'attestation-not-allowed' });
  });

  test('lends its token to nobody: it admits one key, and that one again', async () => {
    const token = await cluster.token();
    const key = makeKey();

    const first = await joinWith(token, { key });

    await expect(joinWith(token)).rejects.toMatchObject({ code: 'attestation-used' });
    await expect(joinWith(token, { key })).resolves.toMatchObject({ agent: first.agent, isNew: false });
  });

  test('that was removed does not come back with its key, and one that is locked neither', async () => {
    const key = makeKey();
    const { agent } = await joinWith(await cluster.token(), { key });

    await fleet.agents.lockAgent(tenant, agent);
    await expect(joinWith(await cluster.token(), { key })).rejects.toMatchObject({ code: 'agent-locked' });
    await fleet.agents.removeAgent(tenant, agent);
    await expect(joinWith(await cluster.token(), { key })).rejects.toMatchObject({ code: 'agent-removed' });
  });

  test('is told which file holds no token', async () => {
    const voucher = createKubernetesVoucher({ policy: policy.id, file: '/nowhere/token' });

    await expect(enrol({ server: scene.server.address, caPin: policy.caPin, voucher, dataDir: scene.folder(), hostname: 'h', version: '1' })).rejects.toMatchObject({ code: 'join-evidence-missing', facts: { file: '/nowhere/token' } });
  });

  test('joins under keys that are fetched, and that are fetched anew when the cluster signs with others', async () => {
    const place = await keysAt(() => JSON.stringify(cluster.keys));
    const fetched = await addPolicy({ kind: 'kubernetes', issuer, audience, keys: place.place, serviceAccounts: ['shop/dd0c-agent'] });

    await expect(joinWith(await cluster.token(), { id: fetched.id })).resolves.toMatchObject({ isNew: true });
    const stranger = await makeFakeCluster({ issuer, audience });
    await expect(joinWith(await stranger.token(), { id: fetched.id })).rejects.toMatchObject({ code: 'attestation-refused' });
    expect(place.asked()).toBe(1); // a made-up key does not make it ask again at once
  });

  test.each([
    ['a redirect', (): [number, string] => [302, '']],
    ['something that is no key set', (): [number, string] => [200, '{"keys":"x"}']],
    ['a private key', (): [number, string] => [200, '{"keys":[{"kty":"EC","crv":"P-256","x":"a","y":"b","d":"c"}]}']],
    ['more than a key set holds', (): [number, string] => [200, ' '.repeat(100_000)]],
  ])('is not let in where the address of the keys answers with %s', async (_what, answer) => {
    const { place } = await keysAt(() => answer()[1], answer()[0]);
    const { id } = await addPolicy({ kind: 'kubernetes', issuer, audience, keys: place, serviceAccounts: ['shop/dd0c-agent'] });

    await expect(joinWith(await cluster.token(), { id })).rejects.toMatchObject({ code: 'attestation-unchecked' });
  });

  test.each([
    ['keys over plain http', { keys: { url: 'http://cluster.example/keys' } }],
    ['a private key', { keys: { keys: [{ kty: 'EC', crv: 'P-256', x: 'a', y: 'b', d: 'c' }] } }],
    ['a symmetric key', { keys: { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] } }],
    ['every service account of a namespace', { serviceAccounts: ['shop/*'] }],
    ['no service account', { serviceAccounts: [] }],
  ])('a policy is not made with %s', async (_what, change) => {
    const rule = { kind: 'kubernetes', issuer, keys: cluster.keys, serviceAccounts: ['shop/dd0c-agent'], ...change } as NewRule;

    await expect(fleet.joins.addJoinPolicy(tenant, { name: 'x', rule })).rejects.toMatchObject({ code: 'request-invalid' });
  });

  test('a policy without an audience has one that no other policy has', async () => {
    const { rule, id } = await fleet.joins.addJoinPolicy(tenant, { name: 'x', rule: { kind: 'kubernetes', issuer, keys: cluster.keys, serviceAccounts: ['shop/dd0c-agent'] } });

    expect(rule).toMatchObject({ audience: `dd0c:${id}` });
  });

  async function joinWith(token: string, { id = policy.id, key = makeKey() } = {}) {
    const voucher: Voucher = { kind: 'kubernetes', policy: id, evidence: async () => ({ kind: 'kubernetes', token }) };
    return await fleet.enrolment.enrol(await vouchedFor(fleet, voucher, { pin: scene.pin, key }));
  }

  async function keysAt(body: () => string, status = 200): Promise<ServedKeys> {
    const served = await serveKeys(body, status);
    scene.later(() => served.stop());
    return served;
  }

  function ruleOfCluster(): NewRule {
    return { kind: 'kubernetes', issuer, audience, keys: cluster.keys, serviceAccounts: ['shop/dd0c-agent'] };
  }
});

const { folder: assets, reason } = kubeAssets();

describe.skipIf(assets === null)(`a pod of a real cluster${reason}`, () => {
  const audience = 'dd0c:real';
  let api: KubeApiServer;
  let keys: unknown;
  let pod: { readonly metadata: { readonly name: string; readonly uid: string } };

  beforeAll(async () => {
    api = await startKubeApiServer(assets ?? '');
    await api.send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } });
    await api.send('POST', '/api/v1/namespaces/shop/serviceaccounts', { metadata: { name: 'dd0c-agent' } });
    await api.send('POST', '/api/v1/namespaces/shop/serviceaccounts', { metadata: { name: 'other' } });
    pod = (await api.send('POST', '/api/v1/namespaces/shop/pods', { metadata: { name: 'dd0c-agent' }, spec: { serviceAccountName: 'dd0c-agent', containers: [{ name: 'x', image: 'x' }] } })) as typeof pod;
    keys = await api.send('GET', '/openid/v1/jwks');
  }, 60_000);

  afterAll(() => api.stop());

  test('joins with a token bound to it, under keys as the cluster prints them', async () => {
    const policy = await addPolicy({ kind: 'kubernetes', issuer: 'https://kubernetes.default.svc', audience, keys, serviceAccounts: ['shop/dd0c-agent'] } as NewRule);
    const token = await tokenOf('dd0c-agent', { audiences: [audience], expirationSeconds: 600, boundObjectRef: { kind: 'Pod', apiVersion: 'v1', ...pod.metadata } });

    const joined = await joinAt(policy.id, token);

    expect(joined.by).toEqual({ policy: policy.id, subject: `shop/dd0c-agent/pod/${pod.metadata.uid}` });
  });

  test('joins under keys that the server fetches from the cluster itself', async () => {
    await api.send('POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
      metadata: { name: 'issuer-discovery' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:service-account-issuer-discovery' },
      subjects: [{ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'system:unauthenticated' }],
    });
    const { url, ca } = await api.address();
    const policy = await addPolicy({ kind: 'kubernetes', issuer: 'https://kubernetes.default.svc', audience, keys: { url: `${url}/openid/v1/jwks`, ca }, serviceAccounts: ['shop/dd0c-agent'] });

    await expect(joinAt(policy.id, await tokenOf('dd0c-agent', { audiences: [audience], expirationSeconds: 600 }))).resolves.toMatchObject({ isNew: true });
  });

  test('does not join with the token for its own API server, nor as another service account', async () => {
    const policy = await addPolicy({ kind: 'kubernetes', issuer: 'https://kubernetes.default.svc', audience, keys, serviceAccounts: ['shop/dd0c-agent'] } as NewRule);

    await expect(joinAt(policy.id, await tokenOf('dd0c-agent', { expirationSeconds: 600 }))).rejects.toMatchObject({ code: 'attestation-refused' });
    await expect(joinAt(policy.id, await tokenOf('other', { audiences: [audience], expirationSeconds: 600 }))).rejects.toMatchObject({ code: 'attestation-not-allowed' });
  });

  async function tokenOf(account: string, spec: object): Promise<string> {
    const answer = (await api.send('POST', `/api/v1/namespaces/shop/serviceaccounts/${account}/token`, { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec })) as { status: { token: string } };
    return answer.status.token;
  }

  async function joinAt(policy: string, token: string) {
    const voucher: Voucher = { kind: 'kubernetes', policy, evidence: async () => ({ kind: 'kubernetes', token }) };
    return await fleet.enrolment.enrol(await vouchedFor(fleet, voucher, { pin: scene.pin }));
  }
});

async function addPolicy(rule: NewRule): Promise<MadeJoinPolicy> {
  return await fleet.joins.addJoinPolicy(tenant, { name: 'test', rule });
}
