import { basename, resolve } from 'node:path';
import { asFault, Fault } from '#proto/domain/fault.ts';
import type { StackReport } from '#proto/domain/report.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';
import { type Stages, scanStack } from './pipeline.ts';
import { createOpenings, type Found } from './open-ahead.ts';
import { type OpenStack, type ScanOptions, type Scanner, schemeOf, takes, type Target } from './scan/scanner.ts';

/** What a scan of many stacks tells while it works. */
export type ScanEvent =
  | { readonly kind: 'found'; readonly targets: readonly Target[] }
  | { readonly kind: 'started'; readonly target: Target }
  | { readonly kind: 'report'; readonly target: Target; readonly report: Scrubbed<StackReport> };

export interface ScanAll {
  readonly scanners: readonly Scanner[];
  readonly options: ScanOptions;
  readonly stages: Stages;
  /** How many programs that stacks are opened with may run side by side; default 1. */
  readonly atOnce?: number;
}

/**
 * Finds the stacks under the paths and reports one after the other. Paths where nothing can be read give reports that say
 * so; only an abort is thrown.
 */
export async function* scanAll(paths: readonly string[], { scanners, options, stages, atOnce = 1 }: ScanAll, signal: AbortSignal): AsyncGenerator<ScanEvent> {
  const found: Found[] = [];
  for (const path of paths) found.push(...await findUnder(path, scanners, signal));
  yield { kind: 'found', targets: found.map(({ target }) => target) };

  const openings = createOpenings(found, options, atOnce, signal);
  const taken = new Set<string>();
  try {
    for (const [index, { target }] of found.entries()) {
      yield { kind: 'started', target };
      const open = async (): Promise<OpenStack> => withOwnId(await openings.open(index), target, taken);
      const report = await scanStack(target, { scanner: { open }, options, stages }, signal);
      yield { kind: 'report', target, report };
    }
  } finally {
    await openings.end();
  }
}

/** Copies of one state share its identity; all but the first are told apart by where they lie. */
function withOwnId(stack: OpenStack, { label }: Target, taken: Set<string>): OpenStack {
  const id = stack.id !== null && taken.has(stack.id) ? `${stack.id} (${label})` : stack.id;
  if (id !== null) taken.add(id);
  const { against, lineage, serial } = stack;
  return { id, against, lineage, serial, sightings: () => stack.sightings(), gaps: () => stack.gaps() };
}

async function findUnder(path: string, scanners: readonly Scanner[], signal: AbortSignal): Promise<Found[]> {
  const found: Found[] = [];
  let fault = new Fault('nothing-to-scan', { path });
  for (const scanner of scanners.filter((one) => takes(one, path))) {
    try {
      for (const target of await scanner.find(path, signal)) found.push({ scanner, target });
    } catch (error) {
      signal.throwIfAborted();
      fault = asFault(error);
    }
  }
  const kind = schemeOf(path) === null ? undefined : scanners.find((one) => takes(one, path))?.kind;
  return found.length > 0 ? found : [unfound(path, fault, kind)];
}

/** A target that stands for a path at which there is nothing to open; opening it says why. */
function unfound(path: string, fault: Fault, kind: Target['kind'] = 'terraform'): Found {
  const open = (): Promise<never> => Promise.reject(fault);
  return { scanner: { open }, target: { kind, form: 'nothing', path: schemeOf(path) === null ? resolve(path) : path, label: schemeOf(path) === null ? basename(resolve(path)) : path } };
}
