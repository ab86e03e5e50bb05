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

/** Opens a stack once it is told to; says what was begun. */
function waitingScanner(stacks: readonly string[], waits: (label: string) => boolean) {
  const begun: string[] = [];
  const gates = new Map(stacks.map((label) => [label, Promise.withResolvers<undefined>()]));
  const opener: Scanner = {
    ...scanner({ [folder]: stacks }),
    waits: ({ label }) => waits(label),
    open: async ({ label }, _options, stop) => {
      begun.push(label);
      await Promise.race([gates.get(label)?.promise, aborted(stop)]);
      if (stop.aborted) begun.push(`${label} ended`);
      stop.throwIfAborted();
      if (label === 'broken') throw new Fault('state-unreadable');
      return scannerOf([sighting({ recorded: side({}), live: side({}) })], { id: label }).open();
    },
  };
  return { scanner: opener, begun, let: (label: string) => gates.get(label)?.resolve(undefined) };
}

function aborted(stop: AbortSignal): Promise<unknown> {
  return stop.aborted ? Promise.resolve() : new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
}

function inParallel(one: Scanner, atOnce: number, stop = signal): AsyncGenerator<ScanEvent> {
  return scanAll([folder], { scanners: [one], options, stages: createStages(), atOnce }, stop);
}

async function nextReport(events: AsyncGenerator<ScanEvent>): Promise<string | undefined> {
  for (let next = await events.next(); next.done !== true; next = await events.next()) if (next.value.kind === 'report') return next.value.report.id;
  return undefined;
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

test('stacks that wait for a program are opened side by side, so many at once, and reported in their order', async () => {
  const { scanner: one, begun, let: allow } = waitingScanner(['a', 'b', 'c', 'd'], () => true);
  const events = inParallel(one, 2);

  const first = nextReport(events);
  await expect.poll(() => begun).toEqual(['a', 'b']);
  allow('b');
  await expect.poll(() => begun).toEqual(['a', 'b', 'c']);
  allow('a');
  expect(await first).toBe('a');
  await expect.poll(() => begun).toEqual(['a', 'b', 'c', 'd']);
  expect(await nextReport(events)).toBe('b');
  allow('c');
  allow('d');
  expect([await nextReport(events), await nextReport(events), await nextReport(events)]).toEqual(['c', 'd', undefined]);
});

test('a stack that only reads files is not opened before its turn', async () => {
  const { scanner: one, begun, let: allow } = waitingScanner(['plan', 'state', 'plan 2'], (label) => label !== 'state');
  const events = inParallel(one, 4);

  const first = nextReport(events);
  await expect.poll(() => begun).toEqual(['plan', 'plan 2']);
  allow('plan');
  expect(await first).toBe('plan');
  expect(begun).toEqual(['plan', 'plan 2']);
  allow('state');
  allow('plan 2');
  expect([await nextReport(events), await nextReport(events)]).toEqual(['state', 'plan 2']);
});

test('a stack that fails before its turn is told at its turn', async () => {
  const { scanner: one, begun, let: allow } = waitingScanner(['a', 'broken', 'c'], () => true);
  const events = inParallel(one, 2);

  const first = nextReport(events);
  await expect.poll(() => begun).toEqual(['a', 'broken']);
  allow('broken');
  await expect.poll(() => begun).toEqual(['a', 'broken', 'c']);
  allow('a');
  allow('c');
  expect([await first, await nextReport(events), await nextReport(events)]).toEqual(['a', 'broken', 'c']);
});

test('what was begun before its turn has ended when a scan is given up', async () => {
  const { scanner: one, begun, let: allow } = waitingScanner(['a', 'b', 'c'], () => true);
  const events = inParallel(one, 3);
  allow('a');
  await nextReport(events);

  await events.return(undefined);

  expect(begun.toSorted()).toEqual(['a', 'b', 'b ended', 'c', 'c ended']);
});

test('an abort ends all that were begun, and is thrown', async () => {
  const stop = new AbortController();
  const { scanner: one, begun } = waitingScanner(['a', 'b'], () => true);
  const scanning = nextReport(inParallel(one, 2, stop.signal));
  await expect.poll(() => begun).toEqual(['a', 'b']);

  stop.abort(new Error('enough'));

  await expect(scanning).rejects.toThrow('enough');
  expect(begun.toSorted()).toEqual(['a', 'a ended', 'b', 'b ended']);
});
