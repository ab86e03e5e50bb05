import { readdirSync, readFileSync, statSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scanAll } from '#agent/scan-all.ts';
import { createScanners } from '#agent/scan/registry.ts';
import type { OpenStack, Scanner } from '#agent/scan/scanner.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { corpus } from '#test/harness/corpus.ts';
import { makeFolder } from '#test/harness/folder.ts';
import { mutate } from '#test/harness/mutate.ts';
import { chosenSeed, seededRandom } from '#test/harness/random.ts';
import { createStages, options } from '#test/unit/agent/stages.ts';

const iac = corpus('iac');
/** The corpus where it is, else the project's own examples. */
const root = iac.isThere ? iac.path : resolve(import.meta.dirname, '../../examples');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name)).filter((path) => statSync(path).isFile() && /\.(?:tf|json|ya?ml|tfstate|tfvars|hcl|tofu)$/.test(path)).toSorted();

/** DD0C_HOSTILE_CASES for a long run. */
const cases = Number(process.env['DD0C_HOSTILE_CASES'] ?? 150);
const seed = chosenSeed(20261124);
const slowestMs = 10_000;

describe('whatever lies in a file', () => {
  test(`of ${files.length} files each is read, or refused by an error that says what it is and what to do`, { timeout: 240_000 }, async () => {
    const wrong: string[] = [];
    for (const path of files) {
      const { reports, crashes } = await scan(path);
      for (const { error } of reports) if (error !== null && (error.next === '' || !/^\[[a-z-]+\] \S/.test(error.message))) wrong.push(`${relative(root, path)}: ${error.message}`);
      wrong.push(...crashes.map((crash) => `${relative(root, path)}: ${crash}`));
    }

    expect(wrong).toEqual([]);
  });

  test(`${cases} mutations of it are survived, and none of them reaches what objects are made of`, { timeout: Math.max(120_000, cases * 400) }, async () => {
    const folder = await makeFolder({});
    const random = seededRandom(seed);
    const wrong: string[] = [];
    for (let number = 0; number < cases; number += 1) {
      const path = files[Math.floor(random() * files.length)] ?? '';
      const content = mutate(readFileSync(path).subarray(0, 200_000), random);
      const place = join(folder, String(number));
      const mutant = await put(path, content, place);
      const begun = performance.now();
      const { reports, crashes } = await scan(mutant);
      const tookMs = performance.now() - begun;
      wrong.push(...crashes.map((crash) => `case ${number} of ${relative(root, path)}: ${crash}`));
      if (tookMs > slowestMs) wrong.push(`case ${number} of ${relative(root, path)} took ${Math.round(tookMs)} ms`);
      if (reports.length === 0) wrong.push(`case ${number} of ${relative(root, path)} gave no report`);
      if (crashes.length === 0 || process.env['DD0C_HOSTILE_KEEP'] === undefined) await rm(place, { recursive: true, force: true });
    }

    expect(wrong).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

/** Beside its own siblings where it is code, which is evaluated as a folder. */
async function put(path: string, content: Buffer, place: string): Promise<string> {
  await mkdir(place, { recursive: true });
  const isCode = /\.(?:tf|tofu|tfvars|hcl)$|\.tf\.json$/.test(path);
  if (isCode) await cp(dirname(path), place, { recursive: true, filter: (from) => statSync(from).isDirectory() ? from === dirname(path) : true });
  const mutant = join(place, basename(path));
  await writeFile(mutant, content);
  return isCode || extname(mutant) === '' ? place : mutant;
}

/** A scan as the command makes it; `crashes` are errors that were not thrown on purpose, with where they came from. */
async function scan(path: string): Promise<{ readonly reports: readonly StackReport[]; readonly crashes: readonly string[] }> {
  const crashes: string[] = [];
  const reports: StackReport[] = [];
  const watched = createScanners({ cloudFormation: { env: {} } }).map((scanner) => watching(scanner, crashes));
  try {
    for await (const event of scanAll([path], { scanners: watched, options, stages: createStages() }, new AbortController().signal)) if (event.kind === 'report') reports.push(event.report);
  } catch (error) {
    crashes.push(`the scan itself: ${traceOf(error)}`);
  }
  for (const { error, ledger } of reports) {
    if (error?.code === 'broken' && crashes.length === 0) crashes.push(error.message);
    crashes.push(...ledger.gaps.filter(({ reason }) => reason.includes('[broken]')).map(({ address, reason }) => `${address.slice(0, 80)}: ${reason}`));
  }
  return { reports, crashes };
}

function watching(scanner: Scanner, crashes: string[]): Scanner {
  return {
    ...scanner,
    async find(path, signal) {
      return await scanner.find(path, signal).catch(note);
    },
    async open(target, how, signal): Promise<OpenStack> {
      const stack = await scanner.open(target, how, signal).catch(note);
      return {
        ...stack,
        gaps: () => stack.gaps(),
        async *sightings() {
          try {
            yield* stack.sightings();
          } catch (error) {
            note(error);
          }
        },
      };
    },
  };

  function note(error: unknown): never {
    if (!(error instanceof Fault) || error.code === 'broken') crashes.push(traceOf(error));
    throw error;
  }
}

function traceOf(error: unknown): string {
  const { stack = String(error) } = error instanceof Error ? (error.cause instanceof Error ? error.cause : error) : { stack: String(error) };
  return stack.split('\n').slice(0, 4).join(' ').slice(0, 500);
}
