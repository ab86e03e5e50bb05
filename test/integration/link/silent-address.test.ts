import dns from 'node:dns';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDialler } from '#agent/dial/dialler.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed, uuidOf } from '#test/fakes/facts.ts';
import { finding, report } from '#test/fakes/reports.ts';
import { makeTenant, type OpenedDatabase, openPgliteForTest } from '#test/harness/databases.ts';
import { type FrozenListener, startFrozenListener } from '#test/harness/frozen-listener.ts';
import { type LinkServer, makeAgent, startAgent, startLinkServer, trustDomain } from '#test/harness/link.ts';
import { type Credentials, type LinkPki, makeLinkPki } from '#test/harness/link-pki.ts';

const isLinux = process.platform === 'linux'; // elsewhere 127.0.0.2 is no address of this machine
/** Far below what the kernel waits for an answer to its first packet (two minutes), and what is left for TLS (10 s). */
const soonMs = 9_000;
const name = 'server.test';
const cleanups: (() => unknown)[] = [];
let opened: OpenedDatabase;
let pki: LinkPki;
let server: LinkServer;
let own: Credentials;
let port: number;
let frozen: FrozenListener;
const recorded: string[] = [];

beforeAll(async () => {
  opened = await openPgliteForTest();
  pki = await makeLinkPki();
  server = await startLinkServer({ db: opened.db, pki, recordReport: async (_tx, { reportId }) => void recorded.push(reportId), certificate: await pki.server([{ type: 'dns', value: name }]) });
  const tenant = await makeTenant(opened.db);
  own = await pki.agent({ trustDomain, tenant, agent: await makeAgent(opened.db, tenant) });
  port = Number(server.streamAddress.split(':')[1]);
});

afterAll(async () => {
  await server.stop(1_000);
  await opened.close();
});

beforeEach(async () => {
  const all = [{ address: '127.0.0.2', family: 4 as const }, { address: '127.0.0.1', family: 4 as const }];
  const machine = { lookup: dns.lookup, ofPromises: dns.promises.lookup };
  Object.assign(dns.promises, { lookup: async () => all }); // where the library looks names up
  Object.assign(dns, { lookup: (_: string, __: object, done: (error: null, found: typeof all) => void) => done(null, all) }); // and where sockets do
  cleanups.push(() => Object.assign(dns, { lookup: machine.lookup }), () => Object.assign(dns.promises, { lookup: machine.ofPromises }));
  frozen = await startFrozenListener('127.0.0.2', port);
  cleanups.push(() => frozen.close());
});

afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

describe.skipIf(!isLinux)(`a name with several addresses, of which the first is silent${isLinux ? '' : ' [not run: 127.0.0.2 is an address of Linux alone]'}`, () => {
  test.each([
    ['takes a connection and says nothing', async () => {}],
    ['does not even answer the first packet', () => frozen.fill()],
  ])('the link goes on to the next where one %s', async (_, freeze) => {
    await freeze();
    const id = uuidOf(recorded.length + 1);
    const since = performance.now();
    const agent = startAgent(own, pki.root, () => `${name}:${port}`);
    cleanups.push(agent.stop);

    agent.spool.append(splitReport(scrubbed(report('prod', [finding(1)])), id));
    await agent.uplink.flush(AbortSignal.timeout(30_000));

    expect(recorded.at(-1)).toBe(id);
    expect(performance.now() - since).toBeLessThan(soonMs);
    expect(agent.told.lines.filter(({ level }) => level >= 40)).toEqual([]);
  });

  test('so does the diagnosis, and whatever else dials by itself', async () => {
    await frozen.fill();
    const since = performance.now();

    const socket = await createDialler().open({ host: name, port });

    expect(socket.remoteAddress).toBe('127.0.0.1');
    expect(performance.now() - since).toBeLessThan(soonMs);
    socket.destroy();
  });

  test('and where all of them are silent, it is told within the time that a connection is given', async () => {
    await frozen.fill();
    Object.assign(dns, { lookup: (_: string, __: object, done: (error: null, found: object[]) => void) => done(null, [{ address: '127.0.0.2', family: 4 }, { address: '127.0.0.2', family: 4 }]) });
    const since = performance.now();

    await expect(createDialler({ patienceMs: 1_000 }).open({ host: name, port })).rejects.toMatchObject({ code: 'ETIMEDOUT' });

    expect(performance.now() - since).toBeLessThan(soonMs);
  });

  test('the address is as silent as it is said to be', async () => {
    await frozen.fill();
    const socket = connect({ host: '127.0.0.2', port });
    socket.on('error', () => {});
    cleanups.push(() => socket.destroy());

    const answered = await Promise.race([new Promise<string>((resolve) => socket.on('connect', () => resolve('connected')).on('close', () => resolve('closed'))), new Promise<string>((resolve) => void setTimeout(() => resolve('nothing'), 500))]);

    expect(answered).toBe('nothing');
  });
});
