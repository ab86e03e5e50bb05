import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { enrol } from '#agent/identity/enrol.ts';
import { runToEnd, type ServerProcess, startServer } from '#test/harness/server-process.ts';

let data = '';
let servers: ServerProcess[] = [];

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'dd0c-server-'));
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')));
  servers = [];
  rmSync(data, { recursive: true, force: true });
});

async function start(options: Parameters<typeof startServer>[1] = {}): Promise<ServerProcess> {
  const server = await startServer(data, options);
  servers.push(server);
  return server;
}

function adminToken(): string {
  return readFileSync(join(data, 'admin-token'), 'utf8').trim();
}

function dd0c(args: readonly string[]) {
  return runToEnd('control-plane/cli/main.ts', [...args, '--json'], { env: { DD0C_DATA: data } });
}

describe('a server that starts', () => {
  test('says on one line where it is, and is there', async () => {
    const { ready } = await start();

    expect(ready).toEqual({
      ready: true,
      http: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      grpc: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      enroll: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      caPin: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      data,
    });
    expect(await (await fetch(`${ready.http}/readyz`)).json()).toEqual({ ready: true, checks: { database: true, schema: true, grpc: true } });
  });

  test('leaves an administrator’s token that only its own user can read, and that works', async () => {
    const { ready } = await start();

    expect(statSync(join(data, 'admin-token')).mode & 0o777).toBe(0o600);
    const response = await fetch(`${ready.http}/v1/agents`, { headers: { authorization: `Bearer ${adminToken()}` } });
    expect(await response.json()).toEqual({ agents: [], next: null });
  });

  test('writes the token nowhere else', async () => {
    const server = await start({ args: ['--log-level', 'trace'] });
    await fetch(`${server.ready.http}/v1/agents?token=${adminToken()}`, { headers: { authorization: `Bearer ${adminToken()}` } });
    await server.end();

    const { out, err } = await server.output;
    expect(out + err).not.toContain(adminToken());
    expect(out.trim().split('\n')).toHaveLength(1);
  });

  test('is found by the operator’s program through its data folder, and no longer once it has ended', async () => {
    const server = await start();

    expect(await dd0c(['agents', 'list'])).toMatchObject({ code: 0, out: '{"agents":[],"next":null}\n' });
    await server.end();
    expect(JSON.parse((await dd0c(['agents', 'list'])).err)).toMatchObject({ code: 'server-unnamed' });
  });

  test('warns when its API can be reached by others', async () => {
    const server = await startServer(data, { args: ['--http', '0.0.0.0:0'] });
    servers.push(server);
    await server.end();

    expect((await server.output).err).toContain('WITHOUT TLS');
  });
});

describe('a server that ends', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('on %s does so cleanly, and the next one keeps its data, its authority and its tokens', async (signal) => {
    const first = await start();
    const made: unknown = JSON.parse((await dd0c(['tokens', 'create', '--name', 'kept'])).out);

    expect(await first.end(signal)).toBe(0);
    const second = await start();

    expect(second.ready.caPin).toBe(first.ready.caPin);
    expect(JSON.parse((await dd0c(['tokens', 'list'])).out)).toMatchObject({ tokens: [{ id: (made as { id: string }).id, name: 'kept' }] });
  });

  test('when killed leaves nothing in the way of the next one', async () => {
    const first = await start();
    await first.end('SIGKILL');

    const second = await start();

    expect((await dd0c(['agents', 'list'])).code).toBe(0);
    expect(await second.end()).toBe(0);
  });
});

describe('a server that cannot start', () => {
  test('because another one holds the folder says so by name, and the other one does not notice', async () => {
    const first = await start();

    const second = await runToEnd('control-plane/main.ts', ['--data', data, '--http', '127.0.0.1:0', '--grpc', '127.0.0.1:0', '--enroll', '127.0.0.1:0']);

    expect(second).toMatchObject({ code: 1, out: '' });
    expect(second.err).toContain('[data-locked]');
    expect(second.err).toContain(String(first.child.pid));
    expect((await fetch(`${first.ready.http}/readyz`)).status).toBe(200);
  });

  test.each(['--http', '--grpc', '--enroll'])('because the address of %s is taken says so, and gives the folder up again', async (option) => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const address = squatter.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const free = ['--http', '--grpc', '--enroll'].filter((other) => other !== option).flatMap((other) => [other, '127.0.0.1:0']);

    const refused = await runToEnd('control-plane/main.ts', ['--data', data, ...free, option, `127.0.0.1:${port}`]);

    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('[address-in-use]');
    expect(refused.err).toContain(`127.0.0.1:${port}`);
    expect(refused.err).not.toMatch(/^\s+at /m);
    await new Promise((resolve) => squatter.close(resolve));
    expect((await start()).ready.ready).toBe(true);
  });

  test.each([
    ['an unknown option', ['--htp', 'x'], 'unknown option'],
    ['an address that is none', ['--http', 'here'], '--http'],
    ['a database that is none', ['--database-url', 'file:///x'], '--database-url'],
  ])('because of %s says which, with the next step and without a stack', async (_case, args, told) => {
    const { code, out, err } = await runToEnd('control-plane/main.ts', ['--data', data, ...args]);

    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('[usage]');
    expect(err).toContain(told);
    expect(err).toContain('try: ');
    expect(err).not.toMatch(/^\s+at /m);
  });

  test('because the database does not answer says so without its password', async () => {
    const { code, err } = await runToEnd('control-plane/main.ts', ['--data', data], { env: { DD0C_DATABASE_URL: 'postgres://dd0c:hunter2@127.0.0.1:9/dd0c' } });

    expect(code).toBe(1);
    expect(err).toContain('[database-unavailable]');
    expect(err).not.toContain('hunter2');
  });

  test('because its folder is a file says so', async () => {
    const file = join(data, 'file');
    writeFileSync(file, '');

    const { code, err } = await runToEnd('control-plane/main.ts', ['--data', file]);

    expect(code).toBe(1);
    expect(err).toContain('try: ');
    expect(err).not.toMatch(/^\s+at /m);
  });
});

test('--help and --version are told on standard output, with exit 0', async () => {
  expect(await runToEnd('control-plane/main.ts', ['--help'])).toMatchObject({ code: 0, err: '', out: expect.stringContaining('--data') });
  expect(await runToEnd('control-plane/main.ts', ['--version'])).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

test('an administrator who lost the token gets another one with --new-admin-token', async () => {
  const first = await start();
  const lost = adminToken();
  await first.end();
  rmSync(join(data, 'admin-token'));

  const second = await start({ args: ['--new-admin-token'] });

  expect(adminToken()).not.toBe(lost);
  const response = await fetch(`${second.ready.http}/v1/api-tokens`, { headers: { authorization: `Bearer ${adminToken()}` } });
  expect(response.status).toBe(200);
});

test('a token made by the operator’s program enrols an agent, which can then be locked, unlocked and removed', async () => {
  const { ready } = await start();
  const made = JSON.parse((await dd0c(['tokens', 'create', '--uses', '1', '--ttl', '1h'])).out) as Record<'id' | 'token' | 'server' | 'caPin' | 'expiresAt' | 'command', string>;
  expect(made.command).toBe(`dd0c-agent enroll --server ${ready.enroll} --ca-pin ${ready.caPin} --token-file -`);

  const identity = await enrol({ server: made.server, caPin: made.caPin, token: made.token, dataDir: join(data, 'agent'), hostname: 'host-1', version: '0.1.0' });

  const { agents } = JSON.parse((await dd0c(['agents', 'list'])).out) as { agents: { id: string }[] };
  expect(agents).toEqual([
    expect.objectContaining({ id: identity.agent, name: 'host-1', state: 'enrolled', version: '0.1.0', certificate: { serial: expect.any(String), notAfter: expect.any(String) }, lastSeen: null }),
  ]);
  expect(JSON.parse((await dd0c(['agents', 'lock', identity.agent])).out)).toMatchObject({ state: 'locked' });
  expect(JSON.parse((await dd0c(['agents', 'unlock', identity.agent])).out)).toMatchObject({ state: 'enrolled' });
  expect(JSON.parse((await dd0c(['agents', 'scan', identity.agent])).out)).toMatchObject({ orders: [{ agent: identity.agent }] });
  expect(JSON.parse((await dd0c(['certs', 'list'])).out)).toMatchObject({ certificates: [{ agent: identity.agent, revokedAt: null }] });
  expect(JSON.parse((await dd0c(['agents', 'remove', identity.agent])).out)).toMatchObject({ removed: true });
  expect(JSON.parse((await dd0c(['agents', 'list'])).out)).toMatchObject({ agents: [] });
  expect(JSON.parse((await dd0c(['certs', 'list'])).out)).toMatchObject({ certificates: [{ revokedAt: expect.any(String) }] });
  expect(await (await fetch(`${ready.http}/metrics`)).text()).toContain('dd0c_enrolments_total{result="enrolled"} 1');
});
