import { asFault, type Fault } from '#proto/domain/fault.ts';
import type { Finding } from '#proto/domain/finding.ts';
import type { Removal, ReportHead, StackReport } from '#proto/domain/report.ts';
import type { Gap, Sighting } from '#proto/domain/resource.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';
import { createDiff, type Outcome } from './diff/diff.ts';
import type { Comparison } from './diff/difference.ts';
import type { Normaliser } from './diff/normaliser.ts';
import { createEar } from './explain/ear.ts';
import type { Listener } from './explain/explanation.ts';
import { type Hasher, type Recollection } from './diff/recollection.ts';
import { ledgerOf } from './ledger.ts';
import type { Memory, Remembered } from './memory/memory.ts';
import type { Chain } from './normalise/chain.ts';
import type { OpenStack, ScanOptions, Scanner, Target } from './scan/scanner.ts';
import type { Scrubber } from './scrub/scrubber.ts';
import { type Weights, weigh } from './weigh.ts';

/** The stages between a stack and its report. */
export interface Stages extends Pick<Weights, 'judge' | 'ignore'> {
  readonly normaliser: Normaliser & Pick<Chain, 'siblings' | 'voices' | 'rules'>;
  /** A fresh scrubber, for one stack: what one stack holds is forgotten with it. */
  readonly scrubber: () => Scrubber;
  readonly hasher: Hasher;
  readonly memory: Memory;
  readonly now: () => Date;
  /** Called now and then with the number of resources seen so far. */
  readonly progress?: (target: Target, seen: number) => void;
  /** Told everything that was said of the resources that somebody asked about. */
  readonly listener?: Listener;
  /** Called with what does not spoil this report, but should be known: a memory that cannot be written. */
  readonly trouble?: (target: Target, error: unknown) => void;
}

export interface StackScan {
  readonly scanner: Pick<Scanner, 'open'>;
  readonly options: ScanOptions;
  readonly stages: Stages;
}

/** How often progress is told, in resources. */
const progressEvery = 1_000;

/**
 * One stack from scan to scrubbed report. Whatever makes the stack unreadable stands in the report as its error, so that
 * it hides no other stack; only an abort is thrown.
 */
export async function scanStack(target: Target, { scanner, options, stages }: StackScan, signal: AbortSignal): Promise<Scrubbed<StackReport>> {
  const scrubber = stages.scrubber();
  try {
    const stack = await scanner.open(target, options, signal);
    return await report(target, stack, scrubber, stages, signal);
  } catch (error) {
    signal.throwIfAborted();
    return scrubber.report(headOf(target, null, stages, { checked: 0, gaps: [], fault: asFault(error), removed: [] }), []);
  }
}

async function report(target: Target, stack: OpenStack, scrubber: Scrubber, stages: Stages, signal: AbortSignal): Promise<Scrubbed<StackReport>> {
  const stackId = idOf(target, stack);
  const key = stages.hasher.address('');
  const recalled = await stages.memory.recall(stackId);
  const isRotated = recalled?.key !== undefined && recalled.key !== key;
  const last = isRotated ? null : recalled; // nothing in it would be found again
  const next: Record<string, Recollection> = {};
  const diff = { stackId, hasher: stages.hasher, recall: (address: string) => last?.resources[stages.hasher.address(address)] ?? null };
  const compare = createDiff({ ...diff, normaliser: stages.normaliser });
  const ear = stages.listener === undefined ? null : createEar({ listener: stages.listener, diff, normaliser: stages.normaliser });
  const siblings = stages.normaliser.siblings();
  const comparisons: Comparison[] = [];
  const gaps: Gap[] = [];
  let checked = 0;
  let seen = 0;
  let fault: Fault | null = null;

  try {
    for await (const sighting of stack.sightings()) {
      signal.throwIfAborted();
      const outcome = observe(sighting);
      if (outcome === null) continue;
      const recollection = stages.memory.forgets === true ? null : outcome.recollect();
      if (recollection !== null) next[stages.hasher.address(sighting.address)] = recollection;
      if (outcome.comparison !== null) comparisons.push(outcome.comparison);
      checked += 1;
    }
  } catch (error) {
    signal.throwIfAborted();
    fault = asFault(error);
  }

  const removed: Removal[] = isRotated ? [rotation] : [];
  const findings = comparisons.map((comparison): Scrubbed<Finding> => {
    const weights = { stackId, siblings, ...stages };
    const draft = weigh(comparison, weights);
    const result = scrubber.finding(draft, stackId);
    ear?.weighed(comparison, draft, result.finding, weights);
    for (const removal of result.removed) removed.push(removal);
    return result.finding;
  });
  if (fault === null) await stages.memory.remember(stackId, remembered(stack, key, next)).catch((error: unknown) => stages.trouble?.(target, error));
  const head = headOf(target, stack, stages, { checked, gaps: [...gaps, ...stack.gaps()], fault, removed });
  ear?.close([...gaps, ...stack.gaps()], (text) => scrubber.text(text).text);
  return scrubber.report(head, findings.toSorted(byAddress));

  /** What comparing this resource came to, or null where it could not be compared, which the ledger then says. */
  function observe(sighting: Sighting): Outcome | null {
    seen += 1;
    if (seen % progressEvery === 0) stages.progress?.(target, seen);
    try {
      scrubber.learn(sighting);
      const { recorded, code } = sighting.sides;
      for (const kind of siblings) kind.siblings.see(sighting.type, (recorded ?? code)?.values ?? {});
      const outcome = ear?.concerns(sighting.address) === true ? ear.compare(sighting) : compare(sighting);
      if (outcome.isChecked) return outcome;
      gaps.push(uncompared(sighting));
    } catch (error) {
      gaps.push({ address: sighting.address, state: 'unreadable', reason: error instanceof RangeError ? 'It is nested too deeply.' : asFault(error).message });
    }
    return null;
  }
}

function uncompared({ address, sides }: Sighting): Gap {
  return sides.recorded === undefined
    ? { address, state: 'unsupported', reason: 'Only the code names it; what is there was not looked at.' }
    : { address, state: 'stale', reason: 'It was only read as recorded; there was nothing to compare it with.' };
}

interface Result {
  readonly checked: number;
  readonly gaps: readonly Gap[];
  readonly fault: Fault | null;
  readonly removed: readonly Removal[];
}

function headOf(target: Target, stack: OpenStack | null, { now }: Stages, { checked, gaps, fault, removed }: Result): ReportHead {
  const ledger = ledgerOf(checked, gaps);
  return {
    id: idOf(target, stack),
    kind: target.kind,
    source: target.path,
    against: stack?.against ?? 'nothing',
    scannedAt: now().toISOString(),
    lineage: stack?.lineage ?? null,
    serial: stack?.serial ?? null,
    ledger: fault === null ? ledger : { ...ledger, unreadable: ledger.unreadable + 1 },
    error: fault === null ? null : { code: fault.code, message: fault.message, next: fault.next },
    removed: [...removed],
  };
}

/** Longer ids are refused by the receiver. */
const maxIdLength = 512;

function idOf(target: Target, stack: OpenStack | null): string {
  return (stack?.id ?? (target.label === '' ? '.' : target.label)).slice(0, maxIdLength);
}

/** Says in the manifest why no placeholder is the one of the last report. */
const rotation: Removal = { rule: 'scrub/key-rotated', path: 'every placeholder of this report is new, and who changed what is told as from one look' };

function remembered({ serial }: OpenStack, key: string, resources: Record<string, Recollection>): Remembered {
  return { schema: 'dd0c.memory/v1', serial, key, resources };
}

function byAddress(a: Finding, b: Finding): number {
  return a.address < b.address ? -1 : Number(a.address > b.address);
}
