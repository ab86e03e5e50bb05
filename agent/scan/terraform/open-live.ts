import { resolve, sep } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import type { Path } from '#proto/domain/json.ts';
import type { OpenStack, ScanOptions, Target } from '../scanner.ts';
import type { Turns } from '../source/cli/turns.ts';
import { foldersOf, ignoredByResource } from './code/tree.ts';
import { loadTree } from './code/load-tree.ts';
import type { ModuleTree } from './code/module.ts';
import { type LiveInput, type LivePlan, planLive } from './live/plan-live.ts';
import { standsAlone } from './live/stands-alone.ts';
import { locateState, type Place } from './locate-state.ts';
import { withoutKeys } from './address.ts';
import { readPlan } from './plan/read-plan.ts';
import { toStack } from './stack.ts';

export interface LivePlace {
  readonly place: Place;
  /** Of all folders that are planned side by side. */
  readonly installing: Turns;
}

/** Opens a folder by planning it: recorded, live and code side by side, as terraform itself sees them. */
export async function openLive(target: Target, { place, installing }: LivePlace, options: ScanOptions, signal: AbortSignal): Promise<OpenStack> {
  const { tree, planned } = (await standsAlone(place.folder, options.env)) ? await planWhileReading() : await planAfterReading();
  const { plan, lineage, serial } = planned;
  const { sightings, gaps } = readPlan(plan.content, target.label);
  const ignored: ReadonlyMap<string, readonly Path[]> = tree === null ? new Map() : ignoredByResource(tree);
  return toStack({
    against: 'live',
    lineage,
    serial,
    gaps,
    sightings: sightings.map((sighting) => ({ ...sighting, ignored: ignored.get(withoutKeys(sighting.address)) ?? [] })),
  });

  async function planAfterReading(): Promise<Planned> {
    const read = await treeOrNull(place.folder, target.label, signal);
    const modules = read === null ? [] : foldersOf(read).filter((folder) => folder !== place.folder);
    return { tree: read, planned: await start({ modules, state: read === null ? null : await stateOutside(place, read, options.env) }) };
  }

  /** The program has the other core, or waits for the cloud, while the code is read. */
  async function planWhileReading(): Promise<Planned> {
    const begun = Promise.withResolvers<undefined>();
    const planning = start({ modules: [], state: null, onBegun: () => begun.resolve(undefined) });
    const reading = Promise.race([begun.promise, planning]).then(() => treeOrNull(place.folder, target.label, signal));
    const [result, read] = await Promise.allSettled([planning, reading]);
    if (result.status === 'rejected') throw result.reason;
    if (read.status === 'rejected') throw read.reason;
    return { tree: read.value, planned: result.value };
  }

  function start(input: Pick<LiveInput, 'modules' | 'state' | 'onBegun'>): Promise<LivePlan> {
    return planLive({ ...input, folder: place.folder, source: target.label, workspace: place.workspace, env: options.env, timeoutMs: options.timeoutMs, installing }, signal);
  }
}

interface Planned {
  readonly tree: ModuleTree | null;
  readonly planned: LivePlan;
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
