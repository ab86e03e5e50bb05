import { basename, resolve } from 'node:path';
import { asFault, Fault } from '#proto/domain/fault.ts';
import type { StackReport } from '#proto/domain/report.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';
import { type Stages, scanStack } from './pipeline.ts';
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
}

/** A scanner that begins things early knows so many stacks ahead. */
const lookAhead = 8;

/**
 * Finds the stacks under the paths and scans one after the other. Paths where nothing can be read give reports that say
 * so; only an abort is thrown.
 */
export async function* scanAll(paths: readonly string[], { scanners, options, stages }: ScanAll, signal: AbortSignal): AsyncGenerator<ScanEvent> {
  const found: { scanner: Pick<Scanner, 'open'>; target: Target }[] = [];
  for (const path of paths) found.push(...await findUnder(path, scanners, signal));
  yield { kind: 'found', targets: found.map(({ target }) => target) };

  const taken = new Set<string>();
  for (const [index, { scanner, target }] of found.entries()) {
    const upcoming = found.slice(index + 1, index + 1 + lookAhead).map((next) => next.target);
    yield { kind: 'started', target };
    const report = await scanStack(target, { scanner: withOwnId(scanner, taken), options: { ...options, upcoming }, stages }, signal);
    yield { kind: 'report', target, report };
  }
}

/** Copies of one state share its identity; all but the first are told apart by where they lie. */
function withOwnId(scanner: Pick<Scanner, 'open'>, taken: Set<string>): Pick<Scanner, 'open'> {
  return {
    async open(target, options, signal): Promise<OpenStack> {
      const stack = await scanner.open(target, options, signal);
      const id = stack.id !== null && taken.has(stack.id) ? `${stack.id} (${target.label})` : stack.id;
      if (id !== null) taken.add(id);
      const { against, lineage, serial } = stack;
      return { id, against, lineage, serial, sightings: () => stack.sightings(), gaps: () => stack.gaps() };
    },
  };
}

async function findUnder(path: string, scanners: readonly Scanner[], signal: AbortSignal): Promise<{ scanner: Pick<Scanner, 'open'>; target: Target }[]> {
  const found: { scanner: Pick<Scanner, 'open'>; target: Target }[] = [];
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
function unfound(path: string, fault: Fault, kind: Target['kind'] = 'terraform'): { scanner: Pick<Scanner, 'open'>; target: Target } {
  const open = (): Promise<never> => Promise.reject(fault);
  return { scanner: { open }, target: { kind, form: 'nothing', path: schemeOf(path) === null ? resolve(path) : path, label: schemeOf(path) === null ? basename(resolve(path)) : path } };
}
