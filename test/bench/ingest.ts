import { parseArgs } from 'node:util';
import { recordReport } from '#control-plane/drift/record-report.ts';
import type { Database } from '#control-plane/store/database.ts';
import { runChild } from '#test/harness/child.ts';
import { makeTenant, type OpenedDatabase, openPgliteForTest, openPostgresForTest } from '#test/harness/databases.ts';
import { makeAgent, startLinkServer, trustDomain } from '#test/harness/link.ts';
import { makeLinkPki } from '#test/harness/link-pki.ts';
import { findPostgres } from '#test/harness/postgres-server.ts';
import type { Load } from './ingest-load.ts';
import { startBareStream, timeBareInsert } from './ingest-limits.ts';
import { findingsPerReport } from './ingest-reports.ts';

/**
 * How many findings a second become durable through mutual TLS, deduplication, row-level security and history, beside
 * a bare stream of the same bytes and a bare batched insert of the same rows. Medians over interleaved rounds.
 */
export async function benchIngest(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { agents: { type: 'string', default: '4' }, reports: { type: 'string', default: '25' }, rounds: { type: 'string', default: '5' }, database: { type: 'string', default: 'both' } },
  });
  const size = { agents: Number(values.agents), reports: Number(values.reports), rounds: Number(values.rounds) };
  print(`${size.agents} agents x ${size.reports} reports x ${findingsPerReport} findings, median of ${size.rounds} rounds\n`);

  if (values.database !== 'postgres') await benchDatabase('PGlite', await openPgliteForTest(), size);
  const postgres = values.database === 'pglite' ? null : findPostgres();
  if (postgres === null) return print('Postgres: not run, no server found');
  const server = await postgres.start();
  await benchDatabase('Postgres', await openPostgresForTest(server), size);
  await server.stop();
}

interface Size {
  readonly agents: number;
  readonly reports: number;
  readonly rounds: number;
}

async function benchDatabase(name: string, opened: OpenedDatabase, size: Size): Promise<void> {
  const figures = await measure(opened.db, size);
  await opened.close();
  const slower = Math.min(figures.bareStream, figures.bareInsert);
  print(`${name}, findings/s`);
  print(`  bare stream                        ${told(figures.bareStream)}`);
  print(`  bare batched insert                ${told(figures.bareInsert)}`);
  for (const kind of ['new', 'same', 'changed'] as const) {
    print(`  persisted, ${labels[kind]}  ${told(figures[kind])}   ${Math.round((100 * figures[kind]) / slower)} % of the slower limit`);
  }
  print('');
}

const labels = { new: 'seen for the first time', same: 'seen before, unchanged ', changed: 'seen before, changed   ' } as const;

async function measure(db: Database, { agents, reports, rounds }: Size) {
  const pki = await makeLinkPki();
  const certificate = await pki.server();
  const tenant = await makeTenant(db);
  const server = await startLinkServer({ db, pki, recordReport, certificate, pulseMs: 5_000 });
  const bare = await startBareStream(certificate, pki.root);
  const own = await Promise.all(Array.from({ length: agents }, async () => pki.agent({ trustDomain, tenant, agent: await makeAgent(db, tenant) })));
  const rate = (ms: number): number => (agents * reports * findingsPerReport * 1_000) / ms;
  const rates: Record<'bareStream' | 'bareInsert' | Load['stacks'], number[]> = { bareStream: [], bareInsert: [], new: [], same: [], changed: [] };

  for (let round = 0; round <= rounds; round += 1) {
    const common = { trustBundle: pki.root, agents: own, reportsPerAgent: reports, round };
    const times = {
      bareStream: await send({ ...common, address: bare.address, stacks: 'new', protocol: 'bare' }),
      bareInsert: await timeBareInsert(db, agents * reports, agents),
      new: await send({ ...common, address: server.streamAddress, stacks: 'new', protocol: 'link' }),
      same: await send({ ...common, address: server.streamAddress, stacks: 'same', protocol: 'link' }),
      changed: await send({ ...common, address: server.streamAddress, stacks: 'changed', protocol: 'link' }),
    };
    if (round === 0) continue; // warms the compiler and the database
    for (const [kind, ms] of Object.entries(times)) rates[kind as keyof typeof rates].push(rate(ms));
  }
  await server.stop(1_000);
  bare.stop();
  return { bareStream: median(rates.bareStream), bareInsert: median(rates.bareInsert), new: median(rates.new), same: median(rates.same), changed: median(rates.changed) };
}

async function send(load: Load): Promise<number> {
  const child = runChild('test/bench/ingest-load.ts', [JSON.stringify(load)]);
  const { ms } = await child.says((line): line is { ms: number } => typeof line === 'object' && line !== null && 'ms' in line);
  await child.exited;
  if (child.complaints() !== '') throw new Error(child.complaints());
  return ms;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function told(rate: number): string {
  return Math.round(rate).toLocaleString('en').padStart(9);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
