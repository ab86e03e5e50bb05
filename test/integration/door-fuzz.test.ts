import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import { makeTenant, type OpenedDatabase, openPgliteForTest } from '#test/harness/databases.ts';
import { makeBelongings, openHttpDoor, rowsOf } from '#test/harness/http-door.ts';
import { fuzzHttp } from '#test/harness/http-fuzz.ts';
import { makeAgent, startLinkServer, trustDomain } from '#test/harness/link.ts';
import { makeLinkPki } from '#test/harness/link-pki.ts';
import { chosenSeed } from '#test/harness/random.ts';
import { hello, rawLink } from '#test/harness/raw-link.ts';
import { fuzzStream } from '#test/harness/stream-fuzz.ts';

/** `npm run bench -- fuzz` sends ten thousand to each door, and watches the memory. */
const few = 400;
const seed = chosenSeed(1);
let opened: OpenedDatabase;

beforeAll(async () => {
  opened = await openPgliteForTest();
});

afterAll(() => opened.close());

test(`the HTTP door fails at none of ${few} malformed requests and does what none of them asks for`, async () => {
  const door = await openHttpDoor(opened.db);
  await door.app.listen({ port: 0, host: '127.0.0.1' });
  const owner = await makeBelongings(door, opened.db);
  const before = await rowsOf(opened.db, owner.tenant);

  const { wrong } = await fuzzHttp(door.app, { token: owner.token, seed, count: few });

  expect(wrong).toEqual([]);
  expect(withoutUse(await rowsOf(opened.db, owner.tenant))).toEqual(withoutUse(before));
  await door.app.close();
});

test(`the stream door takes nothing out of ${few} malformed messages, and serves another agent meanwhile and afterwards`, async () => {
  const pki = await makeLinkPki();
  const server = await startLinkServer({ db: opened.db, pki, recordReport: async () => { throw new Error('nothing whole was sent'); } });
  const tenant: TenantId = await makeTenant(opened.db);
  const agent: AgentId = await makeAgent(opened.db, tenant);
  const neighbour = rawLink(server.streamAddress, pki.root, await pki.agent({ trustDomain, tenant, agent: await makeAgent(opened.db, tenant) }));
  neighbour.send(hello(randomUUID()));
  await neighbour.next('welcome');

  const { faults } = await fuzzStream({ address: server.streamAddress, trust: pki.root, own: await pki.agent({ trustDomain, tenant, agent }), seed, count: few });

  const { report, finding, inbound_part: parts, stack } = await rowsOf(opened.db, tenant);
  expect([report, finding, parts, stack]).toEqual(['0 ', '0 ', '0 ', '0 ']);
  expect(faults['broken'] ?? faults['INTERNAL'] ?? 0).toBe(0);
  expect(server.live.all().map(({ identity }) => identity.agent)).not.toContain(agent);
  neighbour.send({ kind: 'heartbeat', sentAtMs: 0, spoolFacts: 0, spoolBytes: 0, alerts: [] });
  neighbour.finish();
  expect(await neighbour.ended).toMatchObject({ code: 'OK' });
  await server.stop(1_000);
});

/** When a token was used last is written down for whoever uses it, and so is the head of the trail that somebody asked for. */
function withoutUse(rows: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...rows, api_token: '', audit_checkpoint: '' };
}
