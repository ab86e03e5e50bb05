import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeState } from './diff-state.ts';
import { measureProcess } from './measure-process.ts';
import { median, printRow, ratio, whole } from './figures.ts';

/**
 * How long it takes to compare a state with a changed copy of it, beside JSON.parse of the same bytes: of both files, one
 * after the other, which is the least that any reader of them must spend. Each figure comes from a process of its own;
 * medians over interleaved rounds.
 */
export async function benchDiff(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { resources: { type: 'string', default: '1000,10000,50000' }, rounds: { type: 'string', default: '3' } } });
  const folder = await mkdtemp(join(tmpdir(), 'dd0c-bench-'));
  try {
    printRow(['resources', 'file MB', 'JSON.parse of both ms', 'compare ms', 'ratio', 'whole scan ms', 'ratio', 'of processor time', 'scan RSS/file']);
    for (const resources of values.resources.split(',').map(Number)) await benchSize(folder, resources, Number(values.rounds));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchSize(folder: string, resources: number, rounds: number): Promise<void> {
  const [before, after] = [join(folder, 'before.tfstate'), join(folder, 'after.tfstate')];
  await writeState(before, resources, 'original');
  await writeState(after, resources, 'changed');
  const megabytes = (await stat(after)).size / 1e6;
  const figures: Record<'parse' | 'compare' | 'scan', Figure[]> = { parse: [], compare: [], scan: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const what of ['parse', 'compare'] as const) figures[what].push(await measureProcess<Figure>('diff-one.ts', [what, before, after]));
    figures.scan.push(await measureProcess<Figure>('scan-one.ts', [after, before]));
  }
  const expected = Math.floor((resources - 43) / 100) + 1;
  for (const { findings } of [...figures.compare, ...figures.scan]) if (findings !== expected) throw new Error(`${findings} findings, expected ${expected}`);

  const [parse, compare, scan] = ([figures.parse, figures.compare, figures.scan] as const).map((found) => median(found.map(({ ms }) => ms)));
  const [parseCpu, scanCpu] = ([figures.parse, figures.scan] as const).map((found) => median(found.map(({ cpuMs }) => cpuMs ?? Number.NaN)));
  const rss = median(figures.scan.map(({ rssMiB }) => rssMiB));
  printRow([String(resources), megabytes.toFixed(1), whole(parse), whole(compare), ratio(compare, parse), whole(scan), ratio(scan, parse), ratio(scanCpu, parseCpu), ratio(rss * 1.048576, megabytes)]);
}

interface Figure {
  readonly ms: number;
  readonly cpuMs?: number;
  readonly findings: number;
  readonly rssMiB: number;
}
