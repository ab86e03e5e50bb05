import { createHasher } from '#agent/diff/recollection.ts';
import { noMemory } from '#agent/memory/memory.ts';
import { createChain } from '#agent/normalise/chain.ts';
import { rules } from '#agent/normalise/rules.ts';
import type { Stages } from '#agent/pipeline.ts';
import type { OpenStack, ScanOptions, Target } from '#agent/scan/scanner.ts';
import { createScrubber } from '#agent/scrub/scrubber.ts';
import { createJudge } from '#agent/severity/judge.ts';
import { severityRules } from '#agent/severity/rules.ts';
import { byName } from '#agent/severity/rules/by-name.ts';
import type { Gap, Sighting } from '#proto/domain/resource.ts';

/** The real stages, with a key and a clock that never change. */
export function createStages(more: Partial<Stages> = {}): Stages {
  const key = new Uint8Array(32).fill(7);
  return {
    normaliser: createChain(rules),
    judge: createJudge(severityRules, byName),
    scrubber: () => createScrubber({ key }),
    hasher: createHasher(key),
    memory: noMemory,
    now: () => new Date('2026-01-02T03:04:05Z'),
    ...more,
  };
}

export const options: ScanOptions = { against: { side: 'best' }, timeoutMs: 10_000, env: {} };

export function target(label = 'prod.tfstate'): Target {
  return { kind: 'terraform', form: 'terraform-state', path: `/somewhere/${label}`, label };
}

/** A scanner of one stack that yields these sightings, and breaks after them where it is told to. */
export function scannerOf(sightings: readonly Sighting[], more: { gaps?: readonly Gap[]; id?: string | null; breaks?: Error } = {}) {
  const stack: OpenStack = {
    id: more.id === undefined ? 'lineage-1' : more.id,
    against: 'live',
    lineage: 'lineage-1',
    serial: 3,
    *sightings() {
      yield* sightings;
      if (more.breaks !== undefined) throw more.breaks;
    },
    gaps: () => more.gaps ?? [],
  };
  return { open: async () => stack };
}
