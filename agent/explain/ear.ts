import type { DraftFinding, Finding } from '#proto/domain/finding.ts';
import { writePath } from '#proto/domain/json.ts';
import { type Gap, type SideName, sideNames, type Sighting } from '#proto/domain/resource.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';
import { controllerOwned, controllerOwnedReason } from '../diff/attribute.ts';
import { createDiff, type DiffOptions, type Outcome } from '../diff/diff.ts';
import type { Comparison } from '../diff/difference.ts';
import type { Normaliser } from '../diff/normaliser.ts';
import type { Chain } from '../normalise/chain.ts';
import type { Weights } from '../weigh.ts';
import { type Explanation, type Listener, maxLeftOut } from './explanation.ts';
import { type Heard, hear } from './voices.ts';
import { createWitness, type Witness } from './witness.ts';

/** Follows one stack through the pipeline for a listener. */
export interface Ear {
  concerns(address: string): boolean;
  /** Compares as the pipeline does, and keeps what was said. */
  compare(sighting: Sighting): Outcome;
  /** Called for every comparison once it is weighed and scrubbed. */
  weighed(comparison: Comparison, draft: DraftFinding, finding: Scrubbed<Finding>, weights: Weights): void;
  /** Tells the listener; `clean` scrubs a text. */
  close(gaps: readonly Gap[], clean: (text: string) => string): void;
}

export interface EarOptions {
  readonly listener: Listener;
  readonly diff: Omit<DiffOptions, 'normaliser'>;
  readonly normaliser: Normaliser & Pick<Chain, 'voices' | 'rules'>;
}

export function createEar({ listener, diff, normaliser }: EarOptions): Ear {
  const seen = new Map<string, { readonly sighting: Sighting; readonly witness: Witness; isChecked: boolean; told?: Heard & { readonly finding: Finding } }>();
  const reasons = new Map([...normaliser.rules.map(({ name, reason }) => [name, reason] as const), [controllerOwned, controllerOwnedReason]]);
  return { concerns: (address) => listener.concerns(address), compare, weighed, close };

  function compare(sighting: Sighting): Outcome {
    const witness = createWitness(normaliser);
    const entry = { sighting, witness, isChecked: false };
    seen.set(sighting.address, entry);
    const outcome = createDiff({ ...diff, normaliser: witness.normaliser })(sighting);
    entry.isChecked = outcome.isChecked;
    return outcome;
  }

  function weighed(comparison: Comparison, draft: DraftFinding, finding: Scrubbed<Finding>, weights: Weights): void {
    const entry = seen.get(comparison.finding.address);
    if (entry === undefined) return;
    entry.told = { ...hear(comparison, draft, { ...weights, heard: (path, by) => entry.witness.heard(path, by), reasonOf: (rule) => reasons.get(rule) }), finding };
  }

  function close(gaps: readonly Gap[], clean: (text: string) => string): void {
    const gapsByAddress = new Map(gaps.map((gap) => [gap.address, gap]));
    for (const { sighting, isChecked, told } of seen.values()) {
      const gap = isChecked ? undefined : gapsByAddress.get(sighting.address);
      listener.tell({
        stack: clean(diff.stackId),
        address: clean(sighting.address),
        type: clean(sighting.type),
        verdict: told !== undefined ? (told.finding.noise ? 'noise' : 'drift') : isChecked ? 'in_sync' : 'not_checked',
        sides: presence(sighting.sides),
        gap: gap === undefined ? null : { state: gap.state, reason: clean(gap.reason) },
        finding: told?.finding ?? null,
        voices: told?.voices ?? [],
        properties: told?.properties ?? [],
        leftOut: leftOutOf(sighting, clean),
      });
    }
    for (const gap of gaps) {
      if (!seen.has(gap.address) && listener.concerns(gap.address)) listener.tell({ ...unseen, stack: clean(diff.stackId), address: clean(gap.address), gap: { state: gap.state, reason: clean(gap.reason) } });
    }
  }
}

/** What is known of something that stands in the ledger alone. */
const unseen = { type: '', verdict: 'not_checked', sides: {}, finding: null, voices: [], properties: [], leftOut: [] } as const;

function presence(sides: Sighting['sides']): Explanation['sides'] {
  const looked = sideNames.filter((name) => sides[name] !== undefined).map((name): [SideName, 'present' | 'absent'] => [name, sides[name] === null ? 'absent' : 'present']);
  return Object.fromEntries(looked);
}

function leftOutOf({ ignored, sides }: Sighting, clean: (text: string) => string): Explanation['leftOut'] {
  const unknown = new Set(Object.values(sides).flatMap((side) => side?.unknown ?? []).map(writePath));
  const all = [...ignored.map((path) => ({ path: writePath(path), why: 'ignore_changes' as const })), ...[...unknown].map((path) => ({ path, why: 'unknown' as const }))];
  return all.slice(0, maxLeftOut).map(({ path, why }) => ({ path: path === '' ? '(everything)' : clean(path), why }));
}
