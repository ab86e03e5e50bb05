import { parseArgs } from 'node:util';
import { makeTenant, openPgliteForTest } from '#test/harness/databases.ts';
import { makeBelongings, openHttpDoor, rowsOf } from '#test/harness/http-door.ts';
import { fuzzHttp } from '#test/harness/http-fuzz.ts';
import { makeAgent, startLinkServer, trustDomain } from '#test/harness/link.ts';
import { makeLinkPki } from '#test/harness/link-pki.ts';
import { fuzzStream } from '#test/harness/stream-fuzz.ts';

/** Malformed input to the stream door and to the HTTP door, in rounds: what came of it, and the memory after each round. */
export async function benchFuzz(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' }, rounds: { type: 'string', default: '5' } } });
  const rounds = Number(values.rounds);
  const size = { seed: Number(values.seed), count: Math.ceil(Number(values.count) / rounds) };
  const opened = await openPgliteForTest();
  const { db } = opened;

  const door = await openHttpDoor(db);
  await door.app.listen({ port: 0, host: '127.0.0.1' });
  const owner = await makeBelongings(door, db);
  const before = await rowsOf(db, owner.tenant);
  for (let round = 0; round < rounds; round += 1) {
    const { sent, statuses, wrong } = await fuzzHttp(door.app, { token: owner.token, ...size, seed: size.seed + round });
    print(`http    ${sent} requests; ${tally(statuses)}; wrong ${wrong.length}${wrong.slice(0, 3).map((one) => `\n  ${one}`).join('')}; ${memory()}`);
  }
  const after = await rowsOf(db, owner.tenant);
  print(`http    tables that changed: ${Object.keys(after).filter((table) => !['api_token', 'audit_checkpoint'].includes(table) && after[table] !== before[table]).join(' ') || 'none'}`);
  await door.app.close();

  const pki = await makeLinkPki();
  const server = await startLinkServer({ db, pki, recordReport: async () => { throw new Error('nothing whole was sent'); }, pulseMs: 5_000 });
  const tenant = await makeTenant(db);
  const own = await pki.agent({ trustDomain, tenant, agent: await makeAgent(db, tenant) });
  for (let round = 0; round < rounds; round += 1) {
    const { sent, faults } = await fuzzStream({ address: server.streamAddress, trust: pki.root, own, ...size, seed: size.seed + round });
    server.told.lines.length = 0;
    print(`stream  ${sent} messages; ${tally(faults)}; ${memory()}`);
  }
  const { report, finding, inbound_part: parts } = await rowsOf(db, tenant);
  print(`stream  rows of reports ${report}, of findings ${finding}, of parts ${parts}`);
  await server.stop(1_000);
  await opened.close();
}

function tally(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(', ');
}

/** After a collection where this process may ask for one (`node --expose-gc`). */
function memory(): string {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return `heap ${Math.round(heapUsed / 1e6)} MB, RSS ${Math.round(rss / 1e6)} MB`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
