import { afterEach, expect, test } from 'vitest';
import { maxChunkBytes } from '#proto/domain/fact.ts';
import { toAgentId, toTenantId } from '#proto/domain/identity.ts';
import { chunk, uuidOf } from '#test/fakes/facts.ts';
import { startHostileServer } from '#test/harness/hostile-server.ts';
import { startAgent, trustDomain } from '#test/harness/link.ts';
import { makeLinkPki } from '#test/harness/link-pki.ts';

const facts = 200;
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

test('a link that is full goes on when it has drained, also where heartbeats were written meanwhile', async () => {
  const pki = await makeLinkPki();
  const server = await startHostileServer(pki, { heartbeatIntervalMs: 1, windowBytes: 2 * facts * maxChunkBytes });
  const credentials = await pki.agent({ trustDomain, tenant: toTenantId(uuidOf(1)), agent: toAgentId(uuidOf(2)) });
  const agent = startAgent(credentials, pki.root, () => server.address);
  cleanups.push(async () => agent.stop(), () => server.stop());

  agent.spool.append(Array.from({ length: facts }, (_, index) => chunk(index, maxChunkBytes)));
  await agent.uplink.flush(AbortSignal.timeout(30_000));

  expect(server.facts).toHaveLength(facts);
});
