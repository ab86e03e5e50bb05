import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { StackReport } from '#proto/domain/report.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed } from '#test/fakes/facts.ts';
import { finding, report } from '#test/fakes/reports.ts';
import { eachDatabase, makeTenant } from '#test/harness/databases.ts';
import { makeAgent, startAgent, startLinkServer, trustDomain } from '#test/harness/link.ts';
import { type LinkPki, makeLinkPki } from '#test/harness/link-pki.ts';

const cleanups: (() => Promise<unknown>)[] = [];
let pki: LinkPki;

beforeAll(async () => {
  pki = await makeLinkPki();
});

afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

eachDatabase('the link', (db) => {
  test('a report that was spooled is recorded once and leaves the spool', async () => {
    const tenant = await makeTenant(db());
    const agent = await makeAgent(db(), tenant);
    const recorded: StackReport[] = [];
    const server = await startLinkServer({ db: db(), pki, recordReport: async (_tx, _from, got) => void recorded.push(got) });
    cleanups.push(() => server.stop(1_000));
    const client = startAgent(await pki.agent({ trustDomain, tenant, agent }), pki.root, () => server.streamAddress);
    cleanups.push(client.stop);
    const sent = report('prod', [finding(1), finding(2)]);

    client.spool.append(splitReport(scrubbed(sent), randomUUID()));
    await client.uplink.flush(AbortSignal.timeout(10_000));

    expect(recorded).toEqual([sent]);
    expect(client.spool.pending().facts).toBe(0);
    expect(server.outcomes).toEqual([{ kind: 'recorded', findings: 2 }]);
  });
});
