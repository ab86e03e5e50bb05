import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { writeState } from './diff-state.ts';

/**
 * How long it takes to compare a state with a changed copy of it, beside JSON.parse of one of the two files, which is
 * the least that any reader of the file must spend. Each figure comes from a process of its own; medians over
 * interleaved rounds.
 */
export async function benchDiff(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { resources: { type: 'string', default: '1000,10000,50000' }, rounds: { type: 'string', default: '3' } } });
  const folder = await mkdtemp(join(tmpdir(), 'dd0c-bench-'));
  try {
    print('resources  file MB  JSON.parse ms  compare ms  ratio  whole scan ms  ratio  scan RSS/file');
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
    for (const what of ['parse', 'compare', 'scan'] as const) figures[what].push(await measure(what, before, after));
  }
  const expected = Math.floor((resources - 43) / 100) + 1;
  for (const { findings } of [...figures.compare, ...figures.scan]) if (findings !== expected) throw new Error(`${findings} findings, expected ${expected}`);

  const [parse, compare, scan] = [figures.parse, figures.compare, figures.scan].map((found) => median(found.map(({ ms }) => ms)));
  const rss = median(figures.scan.map(({ rssMiB }) => rssMiB));
  const columns = [String(resources), megabytes.toFixed(1), told(parse), told(compare), ratio(compare, parse), told(scan), ratio(scan, parse), ratio(rss * 1.048576, megabytes)];
  print(columns.map((text, at) => text.padStart(widths[at] ?? 0)).join('  '));
}

interface Figure {
  readonly ms: number;
  readonly findings: number;
  readonly rssMiB: number;
}

async function measure(what: string, before: string, after: string): Promise<Figure> {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(new URL('diff-one.ts', import.meta.url)), what, before, after]);
  // The bench's own line.
  return JSON.parse(stdout) as Figure;
}

const widths = [9, 7, 13, 10, 5, 13, 5, 13];

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function told(value = 0): string {
  return value.toFixed(0);
}

function ratio(value = 0, to = 1): string {
  return (value / to).toFixed(2);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
