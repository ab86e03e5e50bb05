import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Identity, readIdentity } from '#agent/identity/identity.ts';
import { type Installation, startInstallation } from '#test/harness/installation.ts';
import { createOperator } from '#test/harness/operator.ts';

let here: Installation;
let folder: string;
const hosts: string[] = [];
let dd0c: ReturnType<typeof createOperator>;

beforeAll(async () => {
  here = await startInstallation();
  folder = mkdtempSync(join(tmpdir(), 'dd0c-operator-'));
  dd0c = createOperator({ server: () => here.plane.ready.http, token: () => readFileSync(join(here.data, 'admin-token'), 'utf8').trim(), cwd: folder });
});

afterAll(async () => {
  await here.stop();
  for (const each of [here.data, folder, ...hosts]) rmSync(each, { recursive: true, force: true });
});

const Made = z.looseObject({ id: z.string() });

async function made(...argv: string[]): Promise<string> {
  const { code, answer } = await dd0c(argv);
  expect(code).toBe(0);
  return Made.parse(answer).id;
}

describe('dd0c joins', () => {
  const aws = ['joins', 'add', 'aws', '--name', 'runners', '--account', '123456789012', '--role', 'runner-*', '--label', 'env=prod', '--network', '10.0.0.0/8'];
  const pods = ['joins', 'add', 'kubernetes', '--name', 'pods', '--issuer', 'https://issuer.test', '--service-account', 'dd0c/agent'];

  test('a policy for AWS is added, listed and removed; the command for its hosts holds no secret', async () => {
    const { code, answer } = await dd0c(aws);
    const { id } = Made.parse(answer);

    expect(code).toBe(0);
    expect(answer).toMatchObject({ name: 'runners', rule: { kind: 'aws', accounts: ['123456789012'], roles: ['runner-*'] }, labels: { env: 'prod' }, networks: ['10.0.0.0/8'], caPin: here.plane.ready.caPin, command: expect.stringContaining(id) });
    expect((await dd0c(['joins', 'list'])).answer).toMatchObject({ joins: [{ id, name: 'runners' }], next: null });
    expect((await dd0c(['joins', 'list'], 'for people')).text).toMatch(/ID .*WHO .*GOOD FROM[^]*runner-\*[^]*1 join policy/);
    expect(await dd0c(['joins', 'remove', id])).toMatchObject({ code: 0, answer: { id, removed: true } });
    expect((await dd0c(['joins', 'list'])).answer).toEqual({ joins: [], next: null });
    expect((await dd0c(['joins', 'list'], 'for people')).text).toContain('dd0c joins add');
  });

  test('a policy for Kubernetes takes the keys of the cluster from a file, and tells the audience for its pods', async () => {
    const keys = join(folder, 'jwks.json');
    const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    writeFileSync(keys, JSON.stringify({ keys: [{ ...(await crypto.subtle.exportKey('jwk', publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }] }));

    const id = await made(...pods, '--keys', keys, '--audience', 'dd0c-test');

    expect((await dd0c([...pods, '--keys', keys, '--audience', 'dd0c-test'], 'for people')).text).toMatch(/dd0c-agent enroll[^]*dd0c-test/);
    expect((await dd0c(['joins', 'list', '--limit', '1'])).answer).toMatchObject({ joins: [{ rule: { kind: 'kubernetes', issuer: 'https://issuer.test', serviceAccounts: ['dd0c/agent'] } }], next: expect.any(String) });
    expect((await dd0c(['joins', 'remove', id])).code).toBe(0);
  });

  test.each<[string, readonly string[], string]>([
    ['an account that is none', ['joins', 'add', 'aws', '--name', 'x', '--account', '12', '--role', 'r'], 'request-invalid'],
    ['no role', ['joins', 'add', 'aws', '--name', 'x', '--account', '123456789012'], 'request-invalid'],
    ['a network that is none', ['joins', 'add', 'aws', '--name', 'x', '--account', '123456789012', '--role', 'r', '--network', 'everywhere'], 'request-invalid'],
    ['neither keys nor their address', pods, 'usage'],
    ['keys and their address', [...pods, '--keys', '/dev/null', '--keys-url', 'https://issuer.test/jwks'], 'usage'],
    ['keys that are no JSON', [...pods, '--keys', '/dev/null'], 'usage'],
    ['a file of keys that is not there', [...pods, '--keys', '/nowhere'], 'usage'],
    ['keys over http', [...pods, '--keys-url', 'http://issuer.test/jwks'], 'request-invalid'],
    ['a policy that is not there', ['joins', 'remove', randomUUID()], 'not-found'],
  ])('%s is an error with the next step', refusedAs);
});

describe('dd0c recoveries', () => {
  test('the policy of all and that of one agent are set and told', async () => {
    const { agent } = await host('host-r');

    expect(await dd0c(['recoveries', 'set-policy', '72h'])).toMatchObject({ code: 0, answer: { agent: null, policy: { kind: 'within', seconds: 259_200 } } });
    expect((await dd0c(['recoveries', 'policy'], 'for people')).text).toContain('within 259200 s');
    expect(await dd0c(['recoveries', 'set-policy', 'never', '--agent', agent])).toMatchObject({ code: 0, answer: { agent, policy: { kind: 'never' } } });
    expect(await dd0c(['recoveries', 'set-policy', 'tenant', '--agent', agent])).toMatchObject({ code: 0, answer: { agent, policy: null } });
    expect((await dd0c(['recoveries', 'set-policy', 'ask'])).code).toBe(0);
    expect((await dd0c(['recoveries', 'policy'])).answer).toEqual({ policy: { kind: 'ask' } });
  });

  test('nobody asks: that is told', async () => {
    expect((await dd0c(['recoveries', 'list'])).answer).toEqual({ recoveries: [], next: null });
    expect((await dd0c(['recoveries', 'list'], 'for people')).text).toBe('No agent has asked to come back.\n');
  });

  test.each<[string, readonly string[], string]>([
    ['a policy that is none', ['recoveries', 'set-policy', 'sometimes'], 'usage'],
    ['the policy of all for all', ['recoveries', 'set-policy', 'tenant'], 'usage'],
    ['an agent that is not there', ['recoveries', 'set-policy', 'ask', '--agent', randomUUID()], 'not-found'],
    ['approving what is not there', ['recoveries', 'approve', randomUUID()], 'not-found'],
    ['denying what is not there', ['recoveries', 'deny', randomUUID()], 'not-found'],
    ['an id that is none', ['recoveries', 'deny', 'what'], 'request-invalid'],
  ])('%s is an error with the next step', refusedAs);
});

describe('dd0c certs, agents and tokens on a real fleet', () => {
  test('a certificate is listed, shown by the serial as openssl writes it, and revoked for good', async () => {
    const { serial, agent } = await host('host-c');
    const asOpenssl = serial.toUpperCase().replaceAll(/..(?!$)/g, '$&:');

    expect((await dd0c(['certs', 'list'])).answer).toMatchObject({ certificates: expect.arrayContaining([expect.objectContaining({ serial, agent, revokedAt: null, generation: 1 })]) });
    expect(await dd0c(['certs', 'show', asOpenssl])).toMatchObject({ code: 0, answer: { serial, agent } });
    expect((await dd0c(['certs', 'show', serial], 'for people')).text).toMatch(/state +valid/);
    expect(await dd0c(['certs', 'revoke', serial])).toMatchObject({ code: 0, answer: { serial, revokedAt: expect.any(String) } });
    expect((await dd0c(['certs', 'show', serial], 'for people')).text).toMatch(/state +revoked/);
    expect((await dd0c(['certs', 'list'], 'for people')).text).toMatch(/SERIAL .*STATE[^]*revoked/);
  });

  test('an agent is locked, unlocked, drained and removed, and each time stands as that', async () => {
    const { agent } = await host('host-a');
    const state = async () => (await dd0c(['agents', 'show', agent])).answer;

    expect((await dd0c(['agents', 'lock', agent])).answer).toMatchObject({ id: agent, state: 'locked' });
    expect(await state()).toMatchObject({ state: 'locked' });
    expect((await dd0c(['agents', 'unlock', agent])).answer).toMatchObject({ id: agent, state: 'enrolled' });
    expect((await dd0c(['agents', 'drain', agent], 'for people')).text).toContain('host-a is draining');
    expect((await dd0c(['agents', 'list'], 'for people')).text).toMatch(/host-a +draining/);
    expect((await dd0c(['agents', 'remove', agent])).answer).toEqual({ id: agent, removed: true });
    expect(JSON.stringify((await dd0c(['agents', 'list'])).answer)).not.toContain(agent);
  });

  test('a join token is made, listed without its secret, and revoked', async () => {
    const { answer } = await dd0c(['tokens', 'create', '--name', 'ci', '--uses', '2', '--ttl', '30m', '--label', 'env=ci', '--network', '10.0.0.0/8']);
    const { id, token } = z.object({ id: z.string(), token: z.string() }).parse(answer);

    const listed = (await dd0c(['tokens', 'list'])).answer;
    expect(listed).toMatchObject({ tokens: expect.arrayContaining([expect.objectContaining({ id, name: 'ci', uses: 2, used: 0, labels: { env: 'ci' }, networks: ['10.0.0.0/8'], revokedAt: null })]) });
    expect(JSON.stringify(listed)).not.toContain(token);
    expect((await dd0c(['tokens', 'revoke', id])).answer).toEqual({ id, revoked: true });
    expect((await dd0c(['tokens', 'list'], 'for people')).text).toMatch(/ci +revoked/);
  });

  test.each<[string, readonly string[], string]>([
    ['a certificate that is not there', ['certs', 'show', 'aa'.repeat(16)], 'not-found'],
    ['revoking what is not there', ['certs', 'revoke', 'aa'.repeat(16)], 'not-found'],
    ['locking who is not there', ['agents', 'lock', randomUUID()], 'not-found'],
    ['draining who is not there', ['agents', 'drain', randomUUID()], 'not-found'],
    ['removing who is not there', ['agents', 'remove', randomUUID()], 'not-found'],
    ['a token for nobody', ['tokens', 'create', '--uses', '0'], 'usage'],
    ['a token for ever', ['tokens', 'create', '--ttl', '9999d'], 'request-invalid'],
    ['revoking a token that is not there', ['tokens', 'revoke', randomUUID()], 'not-found'],
    ['a label that is none', ['tokens', 'create', '--label', 'env'], 'usage'],
  ])('%s is an error with the next step', refusedAs);
});

describe('dd0c ca', () => {
  test('a rotation goes step by step to its end, and one can be taken back, in JSON and for people', async () => {
    const phase = async (...argv: string[]) => z.looseObject({ phase: z.string(), pin: z.string() }).parse((await dd0c(['ca', ...argv])).answer);
    const before = await phase('status');

    expect(before).toMatchObject({ phase: 'steady', pin: here.plane.ready.caPin, roots: [{ which: 'current', key: 'here' }], warnings: [] });
    expect((await phase('rotate', '--to', 'prepare')).phase).toBe('prepared');
    expect((await phase('rollback')).phase).toBe('steady');
    for (const [step, reached] of [['prepare', 'prepared'], ['trust', 'trusting'], ['issue', 'issuing'], ['retire', 'steady']] as const) {
      expect((await phase('rotate', '--to', step, '--force')).phase).toBe(reached);
    }
    expect((await phase('status')).pin).not.toBe(before.pin);
    expect((await dd0c(['ca', 'status'], 'for people')).text).toMatch(/root/);
    expect(await dd0c(['ca', 'renew-intermediate', 'servers'])).toMatchObject({ code: 0, answer: { roots: [{ servers: [{ replacedAt: expect.any(String) }, { replacedAt: null }] }] } });
    expect(await dd0c(['ca', 'restored', '--yes'])).toMatchObject({ code: 0, answer: { restoredAt: expect.any(String) } });
  });

  test.each<[string, readonly string[], string]>([
    ['a step that is none', ['ca', 'rotate', '--to', 'leap'], 'usage'],
    ['a step out of order', ['ca', 'rotate', '--to', 'retire'], 'rotation-out-of-order'],
    ['a share that is none', ['ca', 'rotate', '--to', 'prepare', '--share', '200'], 'usage'],
    ['nothing to take back', ['ca', 'rollback'], 'rotation-out-of-order'],
    ['a role that is none', ['ca', 'renew-intermediate', 'kings'], 'usage'],
    ['a restored database that nobody vouches for', ['ca', 'restored'], 'usage'],
    ['a file that is no certificate', ['ca', 'import-intermediate', '/dev/null'], 'usage'],
  ])('%s is an error with the next step', refusedAs);
});

async function host(name: string): Promise<Identity> {
  const dataDir = await here.enrol(name);
  hosts.push(dataDir);
  return readIdentity(dataDir);
}

async function refusedAs(_what: string, argv: readonly string[], code: string): Promise<void> {
  const ran = await dd0c(argv);

  expect(ran).toMatchObject({ code: 1, answer: null, problem: { code, type: `urn:dd0c:fault:${code}`, next: expect.any(String) } });
}
