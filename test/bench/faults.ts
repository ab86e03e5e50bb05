import { parseArgs } from 'node:util';
import { openPgliteForTest } from '#test/harness/databases.ts';
import { findOwnPostgres } from '#test/harness/postgres-server.ts';
import { setup as makeRunFolder } from '#test/run-folder.ts';
import { canMakeDisks } from '#test/faults/disk.ts';
import { type Outcome, runSeed, tellOutcome } from '#test/faults/run.ts';

/** `--seed N`, or `--seeds A..B`, several at once with `--jobs N`: what each plan did, and what it left that should not be. */
export async function benchFaults(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { seed: { type: 'string' }, seeds: { type: 'string', default: '1..1000' }, jobs: { type: 'string', default: '1' } } });
  const [first = 1, last = first] = (values.seed ?? values.seeds).split('..').map(Number);
  const clearRunFolder = makeRunFolder();
  const means = { postgres: findOwnPostgres() !== null, disks: canMakeDisks() };
  print(`seeds ${first} to ${last}; Postgres ${means.postgres ? 'is killed, too' : 'is not here'}; full disks ${means.disks ? 'are made' : 'are left out, which takes root'}`);

  const reference = await openPgliteForTest();
  const outcomes: Outcome[] = [];
  let next = first;
  await Promise.all(Array.from({ length: Number(values.jobs) }, work));
  await reference.close();
  clearRunFolder();

  const failed = outcomes.filter(({ complaints }) => complaints.length > 0);
  const troubles = outcomes.flatMap(({ plan }) => plan.events.map(({ trouble }) => ('whom' in trouble ? `${trouble.kind} ${trouble.whom}` : trouble.kind)));
  print(`${outcomes.length} seeds, ${outcomes.reduce((sum, { reports }) => sum + reports, 0)} reports, ${outcomes.reduce((sum, { renewals }) => sum + renewals, 0)} renewals, ${outcomes.reduce((sum, { executions }) => sum + executions, 0)} steps (${outcomes.reduce((sum, { unknown }) => sum + unknown, 0)} unknown), ${troubles.length} troubles; ${failed.length} failed${failed.length === 0 ? '' : `: ${failed.map(({ plan }) => plan.seed).join(' ')}`}`);
  for (const [name, all] of [...Map.groupBy(troubles, (name) => name)].toSorted(([a], [b]) => a.localeCompare(b))) print(`  ${name.padEnd(20)} ${all.length}`);
  if (failed.length > 0) process.exitCode = 1;

  async function work(): Promise<void> {
    while (next <= last) {
      const seed = next;
      next += 1;
      const outcome = await runSeed(seed, means, reference.db);
      outcomes.push(outcome);
      if (outcome.complaints.length > 0 || values.seed !== undefined) print(tellOutcome(outcome));
      print(`seed ${seed} ${outcome.complaints.length === 0 ? 'well' : 'FAILED'}: ${outcome.plan.events.length} troubles on ${outcome.plan.database}, ${outcome.reports} reports, ${outcome.renewals} renewals, ${outcome.executions} steps, ${(outcome.ms / 1_000).toFixed(1)} s`);
    }
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
