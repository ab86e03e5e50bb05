import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ScanEvent, scanAll } from '#agent/scan-all.ts';
import type { Scanner, Target } from '#agent/scan/scanner.ts';
import { Fault } from '#proto/domain/fault.ts';
import { side, sighting } from './diff/sighting.ts';
import { createStages, options, scannerOf } from './stages.ts';

const signal = AbortSignal.timeout(20_000);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dd0c-scan-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Finds the stacks that are named for a path; opens each, but the broken one. */
function scanner(stacks: Readonly<Record<string, readonly string[]>>): Scanner {
  return {
    kind: 'terraform',
    find: async (path) => (stacks[path] ?? []).map((label): Target => ({ kind: 'terraform', form: 'terraform-state', path: join(path, label), label })),
    open: async ({ label }) => {
      if (label === 'broken') throw new Fault('state-unreadable');
      return scannerOf([sighting({ recorded: side({}), live: side({}) })], { id: label }).open();
    },
  };
}

async function scan(paths: readonly string[], scanners: readonly Scanner[]): Promise<readonly ScanEvent[]> {
  return Array.fromAsync(scanAll(paths, { scanners, options, stages: createStages() }, signal));
}

test('says what was found, then what is being scanned, then its report', async () => {
  const events = await scan([folder], [scanner({ [folder]: ['a', 'b'] })]);

  expect(events.map((event) => (event.kind === 'found' ? `found ${event.targets.length}` : `${event.kind} ${event.target.label}`))).toEqual([
    'found 2', 'started a', 'report a', 'started b', 'report b',
  ]);
});

test('a stack that cannot be read hides no other', async () => {
  const events = await scan([folder], [scanner({ [folder]: ['broken', 'b'] })]);

  expect(events.flatMap((event) => (event.kind === 'report' ? [[event.report.id, event.report.error?.code ?? null]] : []))).toEqual([['broken', 'state-unreadable'], ['b', null]]);
});

test('copies of one state are told apart by where they lie', async () => {
  const copies: Scanner = { ...scanner({ [folder]: ['first', 'second'] }), open: () => scannerOf([sighting({ recorded: side({}), live: side({}) })], { id: 'lineage-1' }).open() };

  const events = await scan([folder], [copies]);

  expect(events.flatMap((event) => (event.kind === 'report' ? [event.report.id] : []))).toEqual(['lineage-1', 'lineage-1 (second)']);
});

test('a path at which there is nothing to scan gives a report that says so', async () => {
  const events = await scan([folder], [scanner({}), scanner({})]);

  expect(events.flatMap((event) => (event.kind === 'report' ? [event.report.error?.code] : []))).toEqual(['nothing-to-scan']);
});

test('a path that cannot be looked at gives a report of its own', async () => {
  const failing: Scanner = { ...scanner({}), find: () => Promise.reject(new Fault('source-missing', { path: 'gone' })) };

  const events = await scan([join(folder, 'gone'), folder], [{ ...failing, find: async (path, stop) => (path === folder ? scanner({ [folder]: ['a'] }).find(path, stop) : failing.find(path, stop)) }]);

  expect(events.flatMap((event) => (event.kind === 'report' ? [event.report.error?.code ?? null] : []))).toEqual(['source-missing', null]);
});

test('what one scanner finds is scanned, whatever another one says of the path', async () => {
  const failing: Scanner = { ...scanner({}), find: () => Promise.reject(new Fault('source-unreadable')) };

  const events = await scan([folder], [failing, scanner({ [folder]: ['a'] })]);

  expect(events.flatMap((event) => (event.kind === 'report' ? [event.report.error] : []))).toEqual([null]);
});

test('a URL at which nothing can be looked for is told as of the kind that takes it', async () => {
  const taking: Scanner = { ...scanner({}), kind: 'kubernetes', schemes: ['helm'], find: () => Promise.reject(new Fault('kubeconfig-missing')) };

  const events = await scan(['helm://shop/'], [scanner({}), taking]);

  expect(events.flatMap((event) => (event.kind === 'report' ? [[event.target.kind, event.report.error?.code]] : []))).toEqual([['kubernetes', 'kubeconfig-missing']]);
});
