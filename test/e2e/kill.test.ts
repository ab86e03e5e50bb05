import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { enrol } from '#agent/identity/enrol.ts';
import { openDatabase } from '#control-plane/store/open-database.ts';
import { asTenant } from '#control-plane/store/tenant-tx.ts';
import type { TenantId } from '#proto/domain/identity.ts';
import { type Child, runChild } from '#test/harness/child.ts';
import { makePostgresDatabase } from '#test/harness/databases.ts';
import { findPostgres } from '#test/harness/postgres-server.ts';
import { chosenSeed, seededRandom } from '#test/harness/random.ts';
import { partsPerReport } from '#test/harness/step-report.ts';

const kills = 20;
/** The next kill comes after so many steps of the agent (it connects, spools, is acknowledged), or after a while without. */
const mostSteps = 5;
const patienceMs = 4_000;
/** And then somewhere within what follows: sending, committing, acknowledging, forgetting. */
const longestWithinMs = 120;
let folder: string;
const cleanups: (() => Promise<void>)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dd0c-kill-'));
});

afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
  rmSync(folder, { recursive: true, force: true });
});

describe(`reports of 500 findings, while agent and server are killed ${kills} times`, () => {
  test('arrive on PGlite, each once and in order', { timeout: 240_000 }, () => undisturbed());
});

const postgres = findPostgres();
describe.skipIf(postgres === null)(`the same on Postgres${postgres === null ? ' [not run: no Postgres server found]' : ''}`, () => {
  test('arrive on Postgres, each once and in order', { timeout: 240_000 }, async () => {
    const server = await postgres?.start();
    if (server === undefined) return;
    cleanups.push(() => server.stop());
    await undisturbed(await makePostgresDatabase(server));
  });
});

/** Kills one or the other at seeded moments, then lets both finish and looks at what the database has. */
async function undisturbed(databaseUrl?: string): Promise<void> {
  const seed = chosenSeed(4_711);
  const random = seededRandom(seed);
  const env = databaseUrl === undefined ? {} : { DD0C_DATABASE_URL: databaseUrl };
  const data = join(folder, 'server');
  const agentDir = join(folder, 'agent');
  const spooled: string[] = [];

  let server = serve('127.0.0.1:0');
  const { grpc, enroll, http } = await server.says(isReady);
  const { tenant } = await enrol({ server: enroll, token: await makeToken(http), dataDir: agentDir, hostname: 'host', version: '0.1.0' });
  let agent = report(1_000_000);

  for (let round = 0; round < kills; round += 1) {
    await Promise.race([agent.hasSaid(Math.floor(random() * (mostSteps + 1))), sleep(patienceMs)]);
    await sleep(random() * longestWithinMs);
    const whom = random();
    if (whom < 0.6) {
      await endAgent();
      agent = report(1_000_000);
    }
    if (whom > 0.4) {
      await server.kill();
      server = serve(grpc);
    }
  }
  await endAgent();
  agent = report(spooled.length + 3);
  const exit = await agent.exited;
  spooled.push(...spooledBy(agent));
  server.end();
  await server.exited;

  expect(`${exit} ${exit === 0 ? '' : agent.complaints()}`).toBe('0 ');
  const total = Number(agent.said.find((line) => isLine(line, 'flushed'))?.flushed) / partsPerReport; // one may have been killed before it said so
  expect(total).toBeGreaterThanOrEqual(spooled.length);
  const [found] = await look(tenant);
  expect({ seed, ...found }).toEqual({
    seed,
    reports: total,
    known: spooled.length,
    findings: 500,
    opened: 500,
    changes: 2 * (total - 1),
    parts: 0,
    rejected: 0,
    through_seq: total * partsPerReport,
  });

  function serve(stream: string): Child {
    const child = runChild('control-plane/main.ts', ['--data', data, '--http', '127.0.0.1:0', '--grpc', stream, '--enroll', '127.0.0.1:0'], env);
    cleanups.push(child.kill);
    return child;
  }

  function report(reports: number): Child {
    const child = runChild('test/harness/reporting-agent.ts', [agentDir, String(reports)]);
    cleanups.push(child.kill);
    return child;
  }

  async function endAgent(): Promise<void> {
    await agent.kill();
    spooled.push(...spooledBy(agent));
  }

  async function makeToken(api: string): Promise<string> {
    const authorization = `Bearer ${readFileSync(join(data, 'admin-token'), 'utf8').trim()}`;
    const answer = await fetch(`${api}/v1/tokens`, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: '{}' });
    const { token }: { token: string } = JSON.parse(await answer.text());
    return token;
  }

  async function look(of: TenantId): Promise<readonly object[]> {
    const db = await openDatabase({ dataDir: data, url: databaseUrl });
    cleanups.push(() => db.close());
    return asTenant(db, of, async (tx) => (await tx.query<object>(
      `select (select count(*) from report) as reports,
         (select count(*) from report where id = any($1::uuid[])) as known,
         (select count(*) from finding) as findings,
         (select sum(opened)::bigint from report) as opened,
         (select count(*) from finding_event) as changes,
         (select count(*) from inbound_part) as parts,
         (select count(*) from rejected_fact) as rejected,
         (select through_seq from inbound_spool) as through_seq`,
      [spooled],
    )).rows);
  }
}

function spooledBy(agent: Child): readonly string[] {
  return agent.said.filter((line) => isLine(line, 'spooled')).map(({ spooled }) => String(spooled));
}

function isReady(line: unknown): line is { grpc: string; enroll: string; http: string } {
  return isLine(line, 'ready');
}

function isLine<Key extends string>(line: unknown, key: Key): line is Record<Key, unknown> {
  return typeof line === 'object' && line !== null && key in line;
}
