import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { directly } from '#agent/dial/dialler.ts';
import { checkBegun } from '#agent/identity/check-answer.ts';
import { enrol } from '#agent/identity/enrol.ts';
import { readIdentity } from '#agent/identity/identity.ts';
import { createIdentityKeeper, type IdentityKeeper } from '#agent/identity/keeper.ts';
import { createLink } from '#agent/cli/run/link.ts';
import { openSpool } from '#agent/spool/spool.ts';
import type { LinkState } from '#agent/uplink/link-state.ts';
import type { Uplink } from '#agent/uplink/uplink.ts';
import { createLog } from '#control-plane/log.ts';
import { readServerArguments } from '#control-plane/config/server-arguments.ts';
import { type ControlPlane, startControlPlane } from '#control-plane/start.ts';
import { createClient } from '#control-plane/cli/client.ts';

let data: string;
let server: ControlPlane;
const told: { readonly fault?: string; readonly reason?: string }[] = [];
let client: ReturnType<typeof createClient>;
let home: string;
const cleanups: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'dd0c-server-'));
  const command = readServerArguments(['--data', data, '--http', '127.0.0.1:0', '--grpc', '127.0.0.1:0', '--enroll', '127.0.0.1:0'], {});
  if (command.kind !== 'start') throw new Error('no server');
  server = await startControlPlane(command.config, createLog('info', { write: (line) => void told.push(JSON.parse(line)) }));
  client = createClient({ server: server.ready.http, token: (await readFile(join(data, 'admin-token'), 'utf8')).trim() }, '0.0.0');
});

afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

beforeEach(async () => {
  home = join(mkdtempSync(join(tmpdir(), 'dd0c-agent-')), 'one');
  cleanups.push(() => rmSync(join(home, '..'), { recursive: true, force: true }));
  const { token } = (await client.call({ method: 'POST', path: '/v1/tokens', body: {} })) as { token: string };
  await enrol({ server: server.ready.enroll, token, dataDir: home, hostname: hostname(), version: '0.1.0' });
});

afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

test('a successor is asked for, proven by a connection, and put in place; the old one is kept', async () => {
  const before = readIdentity(home);
  const agent = connect(home);
  await agent.is('live');

  await agent.keeper.renew();
  expect(readIdentity(home).serial).toBe(before.serial); // nothing is proven yet
  agent.uplink.reconnect();

  await expect.poll(() => readIdentity(home).serial).not.toBe(before.serial);
  await agent.is('live');
  expect(readIdentity(home).key).not.toBe(before.key);
  expect(existsSync(join(home, 'identity.previous', 'key.pem'))).toBe(true);
  expect(existsSync(join(home, 'identity.next'))).toBe(false);
});

test('a successor is due at half of the life, a tenth of that more or less', () => {
  const { notBefore, notAfter } = readIdentity(home);
  const share = (roll: number): number => (createIdentityKeeper({ dataDir: home, random: () => roll }).dueAt() - notBefore.getTime()) / (notAfter.getTime() - notBefore.getTime());

  expect(share(0)).toBeCloseTo(0.45);
  expect(share(0.5)).toBeCloseTo(0.5);
  expect(share(0.999999)).toBeCloseTo(0.55);
});

test('a successor that has not begun by the clock of the agent is not kept: the one before goes on', async () => {
  const [before, agent] = [readIdentity(home), connect(home)];
  await agent.is('live');

  const twoDaysAgo = createIdentityKeeper({ dataDir: home, random: Math.random, now: () => Date.now() - 48 * 3_600_000 });
  await expect(twoDaysAgo.renew()).rejects.toMatchObject({ code: 'clock-wrong', next: expect.stringContaining('Set the clock') });

  agent.uplink.reconnect();
  await agent.is('live');
  expect(agent.keeper.forConnection().serial).toBe(before.serial);
});

test('nor is one that is over already', () => {
  const identity = readIdentity(home);

  expect(() => checkBegun(identity, identity.notAfter.getTime())).toThrow(expect.objectContaining({ code: 'clock-wrong' }));
  expect(() => checkBegun(identity, identity.notAfter.getTime() - 1)).not.toThrow();
});

test('a lost answer is asked for again', async () => {
  const agent = connect(home);
  await agent.is('live');
  await agent.keeper.renew();
  rmSync(join(home, 'identity.next', 'identity.json')); // as if it had not been written
  await agent.keeper.renew();
  agent.uplink.reconnect();

  await expect.poll(() => existsSync(join(home, 'identity.next'))).toBe(false);
  await agent.is('live');
});

test('an agent that ends before its successor is proven goes on with it', async () => {
  const before = readIdentity(home);
  const first = connect(home);
  await first.is('live');
  await first.keeper.renew();
  await first.stop();

  const second = connect(home);
  await second.is('live');

  await expect.poll(() => readIdentity(home).serial).not.toBe(before.serial);
});

test('whoever shows the old certificate after its successor was used is locked out at once, and so is the other', async () => {
  const copy = `${home}-copy`;
  cpSync(home, copy, { recursive: true });
  const own = connect(home);
  await own.is('live');
  await own.keeper.renew();
  own.uplink.reconnect();
  await expect.poll(() => readIdentity(home).serial).not.toBe(readIdentity(copy).serial);
  await own.is('live');

  const thief = connect(copy);

  expect((await thief.is('waiting')).why?.code).toBe('agent-cloned');
  expect((await own.is('waiting')).why?.code).toBe('agent-locked');
  const { agents } = (await client.call({ path: '/v1/agents?limit=500' })) as { agents: { id: string; state: string }[] };
  expect(agents.find(({ id }) => id === readIdentity(home).agent)?.state).toBe('locked');
  expect(told.find(({ fault }) => fault === 'agent-cloned')?.reason).toMatch(/address: 127\.0\.0\.1:\d+, otherAddress: 127\.0\.0\.1:\d+/);
});

test('a thief who renews first is found out when the agent comes', async () => {
  const copy = `${home}-copy`;
  const own = connect(home);
  await own.is('live');
  cpSync(home, copy, { recursive: true });
  const thief = createIdentityKeeper({ dataDir: copy, random: Math.random });
  await thief.renew();
  const stolen = connect(copy);
  await stolen.is('live');

  await expect(own.keeper.renew()).rejects.toMatchObject({ code: 'agent-cloned' });
  expect((await stolen.is('waiting')).why?.code).toBe('agent-locked');
});

test('an agent that was removed gets no successor', async () => {
  const agent = createIdentityKeeper({ dataDir: home, random: Math.random });
  await client.call({ method: 'DELETE', path: `/v1/agents/${readIdentity(home).agent}` });

  await expect(agent.renew()).rejects.toMatchObject({ code: 'agent-removed' });
});

test('more successors than an agent can need are not issued', async () => {
  const agent = createIdentityKeeper({ dataDir: home, random: Math.random });
  const askForMany = async (): Promise<void> => {
    for (let count = 0; count < 25; count += 1) await agent.renew();
  };

  await expect(askForMany()).rejects.toMatchObject({ code: 'renewal-limited' });
});

interface Connected {
  readonly keeper: IdentityKeeper;
  readonly uplink: Uplink;
  /** The link's state, once it is of this kind. */
  is<Kind extends LinkState['kind']>(kind: Kind): Promise<Extract<LinkState, { kind: Kind }>>;
  stop(): Promise<void>;
}

function connect(dataDir: string): Connected {
  const spool = openSpool({ dir: dataDir, maxBytes: 1_000_000, newId: randomUUID, clock: Date.now, warn: () => {} });
  const keeper = createIdentityKeeper({ dataDir, random: Math.random });
  const uplink = createLink({ keeper, spool, dialler: directly, log: pino({ level: 'silent' }), onOrder: () => {}, onDrain: null, steps: null, onState: () => {} });
  let isStopped = false;
  const stop = async (): Promise<void> => {
    if (isStopped) return;
    isStopped = true;
    await uplink.close();
    spool.close();
  };
  cleanups.push(stop);
  uplink.start();
  return {
    keeper,
    uplink,
    async is(kind) {
      await expect.poll(() => uplink.state.kind).toBe(kind);
      return uplink.state as Extract<LinkState, { kind: typeof kind }>;
    },
    stop,
  };
}
