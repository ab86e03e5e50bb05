import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { Tier } from '#proto/domain/step.ts';
import { openTestSandbox, scriptSpec } from '#test/harness/sandbox.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/**
 * What a step costs over a bare spawn of the same program, medians of interleaved rounds in one run:
 * `npm run bench -- sandbox [--rounds N]`. Then twenty steps at once, and a hundred megabytes of output.
 */
export async function benchSandbox(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { rounds: { type: 'string', default: '40' } } });
  const sandbox = await openTestSandbox();
  const tiers = sandbox.proofs.filter(({ holds }) => holds).map(({ tier }) => tier);
  for (const { tier, holds, detail } of sandbox.proofs) if (!holds) say(`tier ${tier} does not hold here: ${detail}`);

  const step = async (tier: Tier): Promise<number> => timed(async () => sandbox.run({ ...scriptSpec('', { tier }), command: ['/bin/true'] }, () => {}, AbortSignal.timeout(60_000)));
  const times: Record<'bare' | Tier, number[]> = { bare: [], 1: [], 2: [] };
  for (let round = 0; round < Number(values.rounds); round += 1) {
    times.bare.push(await timed(bare));
    for (const tier of tiers) times[tier].push(await step(tier));
  }
  const base = median(times.bare);
  say(`bare spawn: ${base.toFixed(1)} ms`);
  for (const tier of tiers) say(`tier ${tier}: ${median(times[tier]).toFixed(1)} ms, ${(median(times[tier]) - base).toFixed(1)} ms over a bare spawn (least ${Math.min(...times[tier]).toFixed(1)} ms)`);

  for (const tier of tiers) {
    say(`tier ${tier}: 20 steps at once in ${(await timed(async () => Promise.all(Array.from({ length: 20 }, async () => step(tier))))).toFixed(0)} ms`);
    const before = process.memoryUsage().rss;
    let peak = before;
    const ms = await timed(async () => sandbox.run(scriptSpec('head -c 100000000 /dev/zero', { tier, limits: { outputBytes: 200_000_000 } }), () => (peak = Math.max(peak, process.memoryUsage.rss())), AbortSignal.timeout(60_000)));
    say(`tier ${tier}: 100 MB of output in ${ms.toFixed(0)} ms, memory of the agent + ${((peak - before) / 1e6).toFixed(0)} MB`);
  }
  await sandbox.close();
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

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

