import { resolve, sep } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import type { Path } from '#proto/domain/json.ts';
import type { OpenStack, ScanOptions, Target } from '../scanner.ts';
import { foldersOf, ignoredByResource } from './code/tree.ts';
import { loadTree } from './code/load-tree.ts';
import type { ModuleTree } from './code/module.ts';
import { planLive } from './live/plan-live.ts';
import { locateState, type Place } from './locate-state.ts';
import { withoutKeys } from './address.ts';
import { readPlan } from './plan/read-plan.ts';
import { readState } from './recorded/read-state.ts';
import { parseDocument } from './source/read-document.ts';
import { toStack } from './stack.ts';

/** Opens a folder by planning it: recorded, live and code side by side, as terraform itself sees them. */
export async function openLive(target: Target, place: Place, options: ScanOptions, signal: AbortSignal): Promise<OpenStack> {
  const tree = await treeOrNull(place.folder, target.label, signal);
  const { plan, state } = await planLive(
    {
      folder: place.folder,
      modules: tree === null ? [] : foldersOf(tree).filter((folder) => folder !== place.folder),
      state: tree === null ? null : await stateOutside(place, tree, options.env),
      source: target.label,
      workspace: place.workspace,
      env: options.env,
      timeoutMs: options.timeoutMs,
    },
    signal,
  );
  const { sightings, gaps } = readPlan(plan.content, target.label);
  const ignored: ReadonlyMap<string, readonly Path[]> = tree === null ? new Map() : ignoredByResource(tree);
  const { lineage, serial } = identityOf(state, target.label);
  return toStack({
    against: 'live',
    lineage,
    serial,
    gaps,
    sightings: sightings.map((sighting) => ({ ...sighting, ignored: ignored.get(withoutKeys(sighting.address)) ?? [] })),
  });
}

/** Code that cannot be understood here may still be planned; then only its own folder is copied. */
async function treeOrNull(folder: string, source: string, signal: AbortSignal): Promise<ModuleTree | null> {
  try {
    return await loadTree(folder, source, signal);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

async function stateOutside(place: Place, { module }: ModuleTree, env: ScanOptions['env']): Promise<string | null> {
  const found = await locateState({ ...place, state: null }, module, env);
  if (!('path' in found)) return null;
  const path = resolve(found.path);
  return path.startsWith(place.folder + sep) ? null : path;
}

/** A state that was never written has neither. */
function identityOf(state: Buffer, source: string): { readonly lineage: string | null; readonly serial: number | null } {
  if (state.toString('utf8').trim() === '') return { lineage: null, serial: null };
  const { form, content } = parseDocument(state, source);
  return form === 'state' ? readState(content, source) : { lineage: null, serial: null };
}
