import { basename } from 'node:path';
import type { Side, Sighting } from '#proto/domain/resource.ts';
import { readPlan } from './plan/read-plan.ts';
import { readShow } from './recorded/read-show.ts';
import { readState } from './recorded/read-state.ts';
import { readDocument } from './source/read-document.ts';

/** What should be, by address. */
export type Baseline = ReadonlyMap<string, Sighting & { readonly side: Side }>;

/**
 * Reads a file as the baseline: what a state or a shown state records, or what a plan would make.
 * @throws Fault that names what is wrong with the file
 */
export async function readBaseline(path: string, signal: AbortSignal): Promise<Baseline> {
  const source = basename(path);
  const { form, content } = await readDocument(path, source, signal);
  if (form === 'plan') return index(readPlan(content, source).sightings);
  const { resources } = form === 'state' ? readState(content, source) : readShow(content, source);
  return index(resources.map(({ address, type, provider, id, side }) => ({ address, type, provider, id, sides: { recorded: side }, movedFrom: null, ignored: [] })));
}

/**
 * Puts the baseline in the place of the code: there it is what should be. What only the baseline holds was looked for
 * and is not recorded any more.
 */
export function withBaseline(observed: readonly Sighting[], baseline: Baseline): readonly Sighting[] {
  const seen = new Set(observed.map(({ address }) => address));
  const compared = observed.map((sighting) => ({ ...sighting, sides: { ...sighting.sides, code: baseline.get(sighting.address)?.side ?? null } }));
  const missing = [...baseline.values()].filter(({ address }) => !seen.has(address));
  return [...compared, ...missing.map(({ side, ...sighting }) => ({ ...sighting, sides: { code: side, recorded: null } }))];
}

function index(sightings: readonly Sighting[]): Baseline {
  const found = new Map<string, Sighting & { readonly side: Side }>();
  for (const sighting of sightings) {
    const side = sighting.sides.code ?? sighting.sides.live ?? sighting.sides.recorded;
    if (side) found.set(sighting.address, { ...sighting, side });
  }
  return found;
}
