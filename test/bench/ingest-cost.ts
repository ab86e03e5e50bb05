/**
 * What a report of 500 findings costs in processor time, of this process and of Postgres, beside bare batched writes of the same
 * rows: figures that other work on the machine does not blur much. Without TLS and stream. Its argument is how many reports.
 */
import { randomUUID } from 'node:crypto';
import { recordReport } from '#control-plane/drift/record-report.ts';
import { createIngest } from '#control-plane/ingest/ingest.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed } from '#test/fakes/facts.ts';
import { makeTenant, openPostgresForTest } from '#test/harness/databases.ts';
import { listen, makeAgent } from '#test/harness/link.ts';
import { findOwnPostgres } from '#test/harness/postgres-server.ts';
import { timeBareWrites } from './ingest-limits.ts';
import { benchReport } from './ingest-reports.ts';
import { postgresMs } from './processor-time.ts';

const reports = Number(process.argv[2] ?? 20);
const server = await findOwnPostgres()?.start();
if (server === undefined) throw new Error('no Postgres server found');
const database = server; // known to be there
const opened = await openPostgresForTest(server);
const tenant = await makeTenant(opened.db);
const session = { tenant, agent: await makeAgent(opened.db, tenant), spool: randomUUID(), epoch: 1 };
const ingest = createIngest({ db: opened.db, recordReport, clock: Date.now, log: listen().log });
await ingest.claim(session);
let seq = 0;

process.stdout.write('processor time a report, ms        server   Postgres\n');
for (let round = 0; round < 2; round += 1) {
  const tell = round === 0 ? () => {} : print; // the first round warms the compiler
  tell('bare batched insert', await costOf(() => timeBareWrites(opened.db, 'new', { reports, concurrency: 1 })));
  tell('bare batched update', await costOf(() => timeBareWrites(opened.db, 'same', { reports, concurrency: 1 })));
  tell('persisted, first seen', await persist('new', round));
  tell('persisted, unchanged', await persist('same', round));
  tell('persisted, changed', await persist('changed', round));
}
await opened.close();
await server.stop();

interface Cost {
  readonly own: number;
  readonly postgres: number;
}

function persist(stacks: 'new' | 'same' | 'changed', round: number): Promise<Cost> {
  const all = Array.from({ length: reports }, (_, scan) => (stacks === 'new' ? benchReport(`new-${round}-${scan}`, 0, 'same') : benchReport(stacks, round * reports + scan, stacks)));
  const batches = all.map((report) => splitReport(scrubbed(report), randomUUID()).map((body) => ({ seq: (seq += 1), body })));
  return costOf(async () => {
    for (const facts of batches) await ingest.accept(session, facts);
  });
}

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const [own, postgres] = [process.cpuUsage(), postgresMs(database)];
  await work();
  const { user, system } = process.cpuUsage(own);
  return { own: (user + system) / 1_000 / reports, postgres: (postgresMs(database) - postgres) / reports };
}

function print(what: string, { own, postgres }: Cost): void {
  process.stdout.write(`  ${what.padEnd(28)} ${own.toFixed(1).padStart(8)} ${postgres.toFixed(1).padStart(10)}\n`);
}
