import { parseArgs } from 'node:util';
import { recordReport } from '#control-plane/drift/record-report.ts';
import type { Database } from '#control-plane/store/database.ts';
import { runChild } from '#test/harness/child.ts';
import { makeTenant, type OpenedDatabase } from '#test/harness/databases.ts';
import { makeAgent, startLinkServer, trustDomain } from '#test/harness/link.ts';
import { makeLinkPki } from '#test/harness/link-pki.ts';
import { onEachDatabase } from './each-database.ts';
import type { Load } from './ingest-load.ts';
import { startBareStream, timeBareWrites } from './ingest-limits.ts';
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

  await onEachDatabase(values.database, (name, opened) => benchDatabase(name, opened, size));
}

interface Size {
  readonly agents: number;
  readonly reports: number;
  readonly rounds: number;
}

async function benchDatabase(name: string, opened: OpenedDatabase, size: Size): Promise<void> {
  const { stream, insert, update, ...persisted } = await measure(opened.db, size);
  await opened.close();
  print(`${name}, findings/s`);
  print(`  bare stream              ${told(stream)}`);
  print(`  bare batched insert      ${told(insert)}`);
  print(`  bare batched update      ${told(update)}`);
  print(`  persisted, first seen    ${told(persisted.new)}   ${share(persisted.new, stream, insert)} of the slower of stream and insert`);
  print(`  persisted, unchanged     ${told(persisted.same)}   ${share(persisted.same, stream, update)} of the slower of stream and update`);
  print(`  persisted, changed       ${told(persisted.changed)}   ${share(persisted.changed, stream, update)}\n`);
}

type Figures = Record<'stream' | 'insert' | 'update' | Load['stacks'], number>;

async function measure(db: Database, { agents, reports, rounds }: Size): Promise<Figures> {
  const pki = await makeLinkPki();
  const certificate = await pki.server();
  const tenant = await makeTenant(db);
  const server = await startLinkServer({ db, pki, recordReport, certificate, pulseMs: 5_000 });
  const bare = await startBareStream(certificate, pki.root);
  const own = await Promise.all(Array.from({ length: agents }, async () => pki.agent({ trustDomain, tenant, agent: await makeAgent(db, tenant) })));
  const writes = { reports: agents * reports, concurrency: agents };
  const times: Figures[] = [];

  for (let round = 0; round <= rounds; round += 1) {
    const load = { trustBundle: pki.root, agents: own, reportsPerAgent: reports, round };
    const linked = { ...load, address: server.streamAddress, protocol: 'link' } as const;
    times.push({
      stream: await send({ ...load, address: bare.address, stacks: 'new', protocol: 'bare' }),
      insert: await timeBareWrites(db, 'new', writes),
      update: await timeBareWrites(db, 'same', writes),
      new: await send({ ...linked, stacks: 'new' }),
      same: await send({ ...linked, stacks: 'same' }),
      changed: await send({ ...linked, stacks: 'changed' }),
    });
  }
  await server.stop(1_000);
  bare.stop();

  const warm = times.slice(1); // the first round warms the compiler and the database
  const rate = (kind: keyof Figures): number => (agents * reports * findingsPerReport * 1_000) / median(warm.map((round) => round[kind]));
  return { stream: rate('stream'), insert: rate('insert'), update: rate('update'), new: rate('new'), same: rate('same'), changed: rate('changed') };
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

function share(rate: number, ...limits: readonly number[]): string {
  return `${Math.round((100 * rate) / Math.min(...limits))} %`;
}

function told(rate: number): string {
  return Math.round(rate).toLocaleString('en').padStart(9);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
