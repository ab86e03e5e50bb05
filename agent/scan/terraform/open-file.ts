import { basename } from 'node:path';
import type { Sighting } from '#proto/domain/resource.ts';
import type { OpenStack, ScanOptions, Target } from '../scanner.ts';
import { readBytes } from '../source/read-bytes.ts';
import { parseObjectPath, readObject } from '../source/aws/object-path.ts';
import { readBaseline, withBaseline } from './baseline.ts';
import { readPlan } from './plan/read-plan.ts';
import { readShow } from './recorded/read-show.ts';
import { readState } from './recorded/read-state.ts';
import type { RecordedStack } from './recorded/recorded.ts';
import { compareStates } from './sliced/compare-states.ts';
import { sliceState } from './sliced/sliced-state.ts';
import { parseDocument } from './source/read-document.ts';
import { toStack } from './stack.ts';

/**
 * Opens a state, a plan or a shown state by itself. A plan brings its own baseline; a state has none unless a file is
 * given, and then every resource of it is listed as not checked.
 */
export async function openFile(target: Target, { against, env }: Pick<ScanOptions, 'against' | 'env'>, signal: AbortSignal): Promise<OpenStack> {
  const object = parseObjectPath(target.path);
  const bytes = object === null ? await readBytes(target.path, target.label, signal) : await readObject(object, env, signal);
  if (against.side === 'file') {
    const compared = await compareSliced(bytes, target.label, against.path, signal);
    if (compared !== null) return compared;
  }
  const { form, content } = parseDocument(bytes, target.label);
  const observed = form === 'plan' ? fromPlan(readPlan(content, target.label)) : fromRecorded(form === 'state' ? readState(content, target.label) : readShow(content, target.label));
  if (against.side !== 'file') return toStack(observed);
  const baseline = await readBaseline(against.path, signal);
  const { lineage, serial, gaps } = observed;
  return toStack({ against: against.path, lineage, serial, sightings: withBaseline(observed.sightings, baseline), gaps: gaps.filter(({ reason }) => reason !== alone) });
}

/** Two states of today's version need never be in memory as a whole; null for anything else. */
async function compareSliced(bytes: Buffer, source: string, against: string, signal: AbortSignal): Promise<OpenStack | null> {
  const observed = sliceState(bytes, source);
  if (observed === null) return null;
  const name = basename(against);
  const baseline = sliceState(await readBytes(against, name, signal), name);
  return baseline === null ? null : compareStates(observed, baseline, against);
}

const alone = 'recorded by the last run; there is nothing here to compare it with';

function fromPlan({ sightings, gaps }: ReturnType<typeof readPlan>) {
  return { against: 'plan', lineage: null, serial: null, sightings, gaps };
}

function fromRecorded({ lineage, serial, resources, gaps }: RecordedStack) {
  const sightings = resources.map(({ address, type, provider, id, side }): Sighting => ({ address, type, provider, id, sides: { recorded: side }, movedFrom: null, ignored: [] }));
  const stale = resources.map(({ address }) => ({ address, state: 'stale' as const, reason: alone }));
  return { against: 'nothing', lineage, serial, sightings, gaps: [...gaps, ...stale] };
}
