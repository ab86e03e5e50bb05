import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { droppedField } from '#control-plane/ingest/second-gate.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed, uuidOf } from '#test/fakes/facts.ts';
import { finding, report } from '#test/fakes/reports.ts';
import { makeTenant, type OpenedDatabase, openPgliteForTest } from '#test/harness/databases.ts';
import { type LinkServer, makeAgent, startLinkServer, trustDomain } from '#test/harness/link.ts';
import { makeLinkPki } from '#test/harness/link-pki.ts';
import { hello, rawLink, type RawLink } from '#test/harness/raw-link.ts';

const token = `ghp_${'aB3dE5fG7h'.repeat(3)}aB3dE5`;
const recorded: StackReport[] = [];
let opened: OpenedDatabase;
let server: LinkServer;
let link: RawLink;

beforeAll(async () => {
  opened = await openPgliteForTest();
  const pki = await makeLinkPki();
  server = await startLinkServer({ db: opened.db, pki, recordReport: async (_tx, _origin, taken) => void recorded.push(taken) });
  const tenant = await makeTenant(opened.db);
  const own = await pki.agent({ trustDomain, tenant, agent: await makeAgent(opened.db, tenant) });
  link = rawLink(server.streamAddress, pki.root, own);
  link.send(hello(randomUUID()));
  await link.next('welcome');
});

afterAll(async () => {
  link.close();
  await server.stop(1_000);
  await opened.close();
});

test('a secret that an agent let through is dropped, counted and told; the finding and the stream go on', async () => {
  const leaking = { ...finding(1), properties: finding(1).properties.map((property) => ({ ...property, after: `curl -H "Authorization: Bearer ${token}"` })) };
  const bodies = splitReport(scrubbed(report('prod', [leaking, finding(2)])), uuidOf(1));

  for (const [index, body] of bodies.entries()) link.fact(index + 1, body);

  expect(await link.next('rejected')).toMatchObject({ seq: bodies.length, code: 'secret-in-report' });
  expect((await link.next('ack')).throughSeq).toBe(bodies.length);
  expect(recorded[0]?.findings.map(({ fingerprint }) => fingerprint)).toEqual([finding(1).fingerprint, finding(2).fingerprint]);
  expect(recorded[0]?.findings[0]?.properties.map(({ after }) => after)).toEqual(leaking.properties.map(() => droppedField));
  expect(JSON.stringify(recorded)).not.toContain(token);
  expect(server.outcomes).toEqual([{ kind: 'recorded', findings: 2 }, { kind: 'rejected', code: 'secret-in-report' }]);
  expect(JSON.stringify(server.told.lines)).not.toContain(token);
});
