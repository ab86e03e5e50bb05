import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Tier } from '#proto/domain/step.ts';
import type { OpenSandbox } from '#sandbox/open-sandbox.ts';
import { openTestSandbox, scriptSpec, wide } from '#test/harness/sandbox.ts';
import { median } from './figures.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/**
 * What a step costs over a bare spawn of the same program, by a launcher of its own (cold) and by one that waited for it
 * (warm), in interleaved rounds of one run: `npm run bench -- sandbox [--rounds N]`. Then what one that waits takes of
 * memory, twenty steps at once, and a hundred megabytes of output.
 */
export async function benchSandbox(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { rounds: { type: 'string', default: '40' } } });
  const bed = { workdir: null, readable: [], writable: [], limits: wide };
  const ways: Way[] = [];
  for (const tier of [1, 2] as const) {
    for (const launcher of ['cold', 'warm'] as const) ways.push({ tier, launcher, times: [], sandbox: await openTestSandbox({ prove: tier, ...(launcher === 'warm' ? { spareFor: bed } : {}) }) });
  }
  const holding = ways.filter(({ sandbox }) => sandbox.proofs.every(({ holds }) => holds));
  for (const { tier, launcher, sandbox } of ways) for (const { holds, detail } of sandbox.proofs) if (!holds) say(`tier ${tier}, ${launcher}, does not hold here: ${detail}`);

  const bareTimes: number[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const way of holding) {
      await way.sandbox.rested(); // an agent with nothing to do
      bareTimes.push(await timed(bare));
      way.times.push(await timed(async () => step(way)));
    }
  }
  const base = median(bareTimes);
  say(`bare spawn: median ${base.toFixed(1)} ms, p99 ${at(0.99, bareTimes).toFixed(1)} ms`);
  for (const { tier, launcher, times } of holding) say(`tier ${tier}, ${launcher}: median ${median(times).toFixed(1)} ms, ${(median(times) - base).toFixed(1)} ms over a bare spawn; least ${Math.min(...times).toFixed(1)} ms, p99 ${at(0.99, times).toFixed(1)} ms`);
  for (const { tier, launcher, sandbox } of holding) if (launcher === 'warm') say(`tier ${tier}: a launcher that waits takes ${memoryOf(await sandbox.rested())}`);

  for (const way of holding) {
    if (way.launcher === 'warm') continue;
    say(`tier ${way.tier}: 20 steps at once in ${(await timed(async () => Promise.all(Array.from({ length: 20 }, async () => step(way))))).toFixed(0)} ms`);
    const before = process.memoryUsage().rss;
    let peak = before;
    const ms = await timed(async () => way.sandbox.run(scriptSpec('head -c 100000000 /dev/zero', { limits: { outputBytes: 200_000_000 } }), () => (peak = Math.max(peak, process.memoryUsage.rss())), AbortSignal.timeout(60_000)));
    say(`tier ${way.tier}: 100 MB of output in ${ms.toFixed(0)} ms, memory of the agent + ${((peak - before) / 1e6).toFixed(0)} MB`);
  }
  for (const { sandbox } of ways) await sandbox.close();
}

interface Way {
  readonly tier: Tier;
  readonly launcher: 'cold' | 'warm';
  readonly times: number[];
  readonly sandbox: OpenSandbox;
}

async function step({ tier, sandbox }: Way): Promise<void> {
  await sandbox.run({ ...scriptSpec('', { tier }), command: ['/bin/true'] }, () => {}, AbortSignal.timeout(60_000));
}

/** Resident, and what is its own of it: the executable's pages are the agent's too. */
function memoryOf(pid: number | null): string {
  const rollup = pid === null ? '' : readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const megabytes = (name: string): string => (Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0) / 1024).toFixed(0);
  return `${megabytes('Rss')} MiB resident, ${megabytes('Pss')} MiB of it in proportion, ${(Number(megabytes('Private_Clean')) + Number(megabytes('Private_Dirty'))).toFixed(0)} MiB its own`;
}

async function bare(): Promise<void> {
  const child = spawn('/bin/true', { stdio: ['ignore', 'pipe', 'pipe'] });
  await new Promise((resolve) => void child.once('exit', resolve));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function at(share: number, values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}
