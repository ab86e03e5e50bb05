import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { enrol } from '#agent/identity/enrol.ts';
import { makePostgresDatabase, onPostgres } from '#test/harness/databases.ts';
import { runToEnd, type ServerProcess, startServer } from '#test/harness/server-process.ts';

/** Several starts in a row, on a machine that has other things to do. */
const patience = { timeout: 180_000 };

const freePorts = ['--http', '127.0.0.1:0', '--grpc', '127.0.0.1:0', '--enroll', '127.0.0.1:0'];

/** What the very first start on an empty folder left behind, and what it wrote. */
let first: { readonly folder: string; readonly ready: ServerProcess['ready']; readonly exit: unknown; readonly out: string; readonly err: string };

beforeAll(async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'dd0c-server-')), 'data');
  const server = await startServer(folder, { args: ['--log-level', 'trace', '--http', '0.0.0.0:0'] });
  await fetch(`${server.ready.http}/v1/agents?token=${adminToken(folder)}`, { headers: { authorization: `Bearer ${adminToken(folder)}` } });
  const exit = await server.end('SIGTERM');
  first = { folder, ready: server.ready, exit, ...(await server.output) };
}, patience.timeout);

afterAll(() => rmSync(join(first.folder, '..'), { recursive: true }));

function adminToken(folder: string): string {
  return readFileSync(join(folder, 'admin-token'), 'utf8').trim();
}

function dd0c(data: string, args: readonly string[]) {
  return runToEnd('control-plane/cli/main.ts', [...args, '--json'], { env: { DD0C_DATA: data } });
}

/** Data of its own for each test, as the first start left it: what a server needs longest for is done already. */
function aFolder(): () => string {
  let parent = '';
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'dd0c-server-'));
    cpSync(first.folder, join(parent, 'data'), { recursive: true });
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));
  return () => join(parent, 'data');
}

describe('the first start', () => {
  test('writes the administrator’s token for its own user alone, and nowhere else', () => {
    expect(statSync(join(first.folder, 'admin-token')).mode & 0o777).toBe(0o600);
    expect(first.out + first.err).not.toContain(adminToken(first.folder));
  });

  test('says one line on standard output, and that others could listen', () => {
    expect(first.out.trim().split('\n')).toHaveLength(1);
    expect(first.err).toContain('WITHOUT TLS');
  });

  test('ends cleanly on SIGTERM, and takes the notice of where it was away', () => {
    expect(first.exit).toBe(0);
    expect(existsSync(join(first.folder, 'server.json'))).toBe(false);
    expect(first.err).toContain('"msg":"ended"');
    expect(first.err).not.toContain('"level":"error"');
  });
});

describe('a running server', () => {
  let parent = '';
  let data = '';
  let server: ServerProcess;

  beforeAll(async () => {
    parent = mkdtempSync(join(tmpdir(), 'dd0c-server-'));
    data = join(parent, 'data');
    cpSync(first.folder, data, { recursive: true });
    server = await startServer(data);
  }, patience.timeout);

  afterAll(async () => {
    await server.end();
    rmSync(parent, { recursive: true });
  });

  function cpFirst(): string {
    const copy = join(parent, 'signalled');
    cpSync(first.folder, copy, { recursive: true });
    return copy;
  }

  test('says on one line where it is, and is there', async () => {
    expect(server.ready).toEqual({
      ready: true,
      http: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      grpc: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      enroll: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      caPin: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      data,
    });
    expect(await (await fetch(`${server.ready.http}/readyz`)).json()).toEqual({ ready: true, checks: { database: true, schema: true, grpc: true, authority: true } });
  });

  test('opens no debugger at SIGUSR1, in which every user of the host could read the keys of the authority', async () => {
    const signalled = await startServer(cpFirst(), {});
    signalled.child.kill('SIGUSR1');
    await fetch(`${signalled.ready.http}/readyz`);

    expect(await signalled.end()).toBe(0);
    expect((await signalled.output).err).not.toContain('Debugger');
  });

  test('keeps the authority and the token of the first start', async () => {
    const response = await fetch(`${server.ready.http}/v1/api-tokens`, { headers: { authorization: `Bearer ${adminToken(data)}` } });

    expect(response.status).toBe(200);
    expect(server.ready.caPin).toBe(first.ready.caPin);
  });

  test('is found by the operator’s program through its data folder', async () => {
    expect(await dd0c(data, ['agents', 'list'])).toEqual({ code: 0, out: '{"agents":[],"next":null}\n', err: '' });
  });

  test('does not notice a second one on its folder, which is refused by name', async () => {
    const second = await runToEnd('control-plane/main.ts', ['--data', data, ...freePorts]);

    expect(second).toMatchObject({ code: 1, out: '' });
    expect(second.err).toContain('[data-locked]');
    expect(second.err).toContain(String(server.child.pid));
    expect((await fetch(`${server.ready.http}/readyz`)).status).toBe(200);
  });

  test('makes a token that enrols an agent, which can then be locked, unlocked, sent scanning and removed', patience, async () => {
    const made = JSON.parse((await dd0c(data, ['tokens', 'create', '--uses', '1', '--ttl', '1h'])).out) as Record<'token' | 'server' | 'caPin' | 'command', string>;
    expect(made.command).toBe(`dd0c-agent enroll --server ${server.ready.enroll} --ca-pin ${server.ready.caPin} --token-file -`);

    const { agent } = await enrol({ server: made.server, caPin: made.caPin, token: made.token, dataDir: join(parent, 'agent'), hostname: 'host-1', version: '0.1.0' });

    const told = async (...args: readonly string[]): Promise<unknown> => JSON.parse((await dd0c(data, args)).out);
    expect(await told('agents', 'list')).toMatchObject({ agents: [{ id: agent, name: 'host-1', state: 'enrolled', version: '0.1.0', certificate: { serial: expect.any(String), notAfter: expect.any(String) }, lastSeen: null }] });
    expect(await told('agents', 'lock', agent)).toMatchObject({ state: 'locked' });
    expect(await told('agents', 'unlock', agent)).toMatchObject({ state: 'enrolled' });
    expect(await told('agents', 'scan', agent)).toMatchObject({ orders: [{ agent }] });
    expect(await told('certs', 'list')).toMatchObject({ certificates: [{ agent, revokedAt: null }] });
    expect(await told('agents', 'remove', agent)).toMatchObject({ removed: true });
    expect(await told('agents', 'list')).toMatchObject({ agents: [] });
    expect(await told('certs', 'list')).toMatchObject({ certificates: [{ revokedAt: expect.any(String) }] });
    expect(await (await fetch(`${server.ready.http}/metrics`)).text()).toContain('dd0c_enrolments_total{result="enrolled"} 1');
  });
});

describe('a server that ended', () => {
  const data = aFolder();

  test('on SIGINT did so cleanly, is no longer found, and left its data to the next one', patience, async () => {
    const before = await startServer(data());
    const { id } = JSON.parse((await dd0c(data(), ['tokens', 'create', '--name', 'kept'])).out) as { id: string };
    expect(await before.end('SIGINT')).toBe(0);
    expect(JSON.parse((await dd0c(data(), ['agents', 'list'])).err)).toMatchObject({ code: 'server-unnamed' });

    const after = await startServer(data());

    expect(JSON.parse((await dd0c(data(), ['tokens', 'list'])).out)).toMatchObject({ tokens: [{ id, name: 'kept' }] });
    expect(await after.end()).toBe(0);
  });

  test('by being killed leaves nothing in the way of the next one', patience, async () => {
    const killed = await startServer(data());
    await killed.end('SIGKILL');
    expect(JSON.parse((await dd0c(data(), ['agents', 'list'])).err)).toMatchObject({ code: 'control-plane-unreachable' });

    const next = await startServer(data(), { args: ['--new-admin-token'] });

    expect((await dd0c(data(), ['agents', 'list'])).code).toBe(0);
    expect(adminToken(data())).not.toBe(adminToken(first.folder));
    expect(await next.end()).toBe(0);
  });
});

describe('a server that cannot start', () => {
  const data = aFolder();

  test('because an address is taken says which, and gives the folder up again', patience, async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    const taken = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;

    for (const option of ['--grpc', '--enroll', '--http']) {
      const refused = await runToEnd('control-plane/main.ts', ['--data', data(), ...freePorts, option, taken]);
      expect(refused).toMatchObject({ code: 1, out: '' });
      expect(refused.err).toContain('[address-in-use]');
      expect(refused.err).toContain(taken);
      expect(refused.err).not.toMatch(/^\s+at /m);
    }
    squatter.close();

    const server = await startServer(data());
    expect(await server.end()).toBe(0);
  });

  test.each([
    ['an unknown option', ['--htp', 'x'], 'unknown option'],
    ['an address that is none', ['--http', 'here'], '--http'],
  ])('because of %s says which, with the next step and without a stack', async (_case, args, told) => {
    const { code, out, err } = await runToEnd('control-plane/main.ts', ['--data', data(), ...args]);

    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('[usage]');
    expect(err).toContain(told);
    expect(err).toContain('try: ');
    expect(err).not.toMatch(/^\s+at /m);
  });

  test('because the database does not answer says so without its password', async () => {
    const { code, err } = await runToEnd('control-plane/main.ts', ['--data', data()], { env: { DD0C_DATABASE_URL: 'postgres://dd0c:hunter2@127.0.0.1:9/dd0c' } });

    expect(code).toBe(1);
    expect(err).toContain('[database-unavailable]');
    expect(err).not.toContain('hunter2');
  });

  test('because its folder is a file says so', async () => {
    const file = join(data(), 'file');
    writeFileSync(file, '');

    const { code, err } = await runToEnd('control-plane/main.ts', ['--data', file]);

    expect(code).toBe(1);
    expect(err).toContain('[data-unusable]');
    expect(err).not.toMatch(/^\s+at /m);
  });
});

onPostgres('a server on Postgres', (postgres) => {
  const data = aFolder();

  test('keeps everything there, and says so again after it was killed', patience, async () => {
    const env = { DD0C_DATABASE_URL: await makePostgresDatabase(postgres()) };
    const killed = await startServer(data(), { env });
    const { id } = JSON.parse((await dd0c(data(), ['tokens', 'create'])).out) as { id: string };
    await killed.end('SIGKILL');

    const server = await startServer(data(), { env });

    expect(await (await fetch(`${server.ready.http}/readyz`)).json()).toMatchObject({ ready: true });
    expect(JSON.parse((await dd0c(data(), ['tokens', 'list'])).out)).toMatchObject({ tokens: [{ id }] });
    expect(await server.end()).toBe(0);
    expect((await server.output).err).toContain('"database":"postgres"');
  });

  test('does not start as a superuser, whom row-level security would not hold', async () => {
    const { code, err } = await runToEnd('control-plane/main.ts', ['--data', data(), ...freePorts], { env: { DD0C_DATABASE_URL: postgres().admin } });

    expect(code).toBe(1);
    expect(err).toContain('[database-superuser]');
  });
});

test('--help and --version are told on standard output, with exit 0', async () => {
  expect(await runToEnd('control-plane/main.ts', ['--help'])).toMatchObject({ code: 0, err: '', out: expect.stringContaining('--data') });
  expect(await runToEnd('control-plane/main.ts', ['--version'])).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});
