import { Fault } from '#proto/domain/fault.ts';
import { isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import type { Sighting } from '#proto/domain/resource.ts';
import type { OpenStack, ScanOptions, Target } from '../scanner.ts';
import type { Backend } from './backend/backend.ts';
import { remoteState } from './backend/read-remote.ts';
import { compareFolder } from './code/compare-folder.ts';
import { loadTree } from './code/load-tree.ts';
import type { ModuleTree } from './code/module.ts';
import { locateState, type Place } from './locate-state.ts';
import { readShow, readValues } from './recorded/read-show.ts';
import { readState } from './recorded/read-state.ts';
import type { RecordedStack } from './recorded/recorded.ts';
import { parseDocument, readDocument } from './source/read-document.ts';
import type { Document } from './source/recognise.ts';
import { toStack } from './stack.ts';

/**
 * Opens a folder of code against its own state, or against a file that is given in its place. Where a backend does not
 * answer, the code is read all the same, so that the ledger has the names; the stack then ends with the reason.
 */
export async function openFolder(target: Target, place: Place, options: ScanOptions, signal: AbortSignal): Promise<OpenStack> {
  const tree = await loadTree(place.folder, target.label, signal);
  const recorded = await recordOf(target, place, tree, options, signal);
  const { label: source } = target;
  const compared = await compareFolder({ tree, source, workspace: place.workspace, env: options.env, recorded: recorded instanceof Fault ? recorded.message : recorded });
  const known = typeof recorded === 'string' || recorded instanceof Fault ? { against: 'nothing', lineage: null, serial: null } : { against: 'code', lineage: recorded.lineage, serial: recorded.serial };
  const stack = toStack({ ...compared, ...known });
  return recorded instanceof Fault ? { ...stack, sightings: () => endingWith(recorded, compared.sightings) } : stack;
}

function* endingWith(fault: Fault, sightings: readonly Sighting[]): Iterable<Sighting> {
  yield* sightings;
  throw fault;
}

/** What is recorded; a text says why nothing is, a fault that it could not be had. */
async function recordOf(target: Target, place: Place, tree: ModuleTree, options: ScanOptions, signal: AbortSignal): Promise<RecordedStack | string | Fault> {
  const { against, env } = options;
  if (against.side === 'file') return readRecord(await readDocument(against.path, against.path, signal), against.path);
  const found = await locateState(place, tree.module, env);
  if ('missing' in found) return found.missing;
  if ('path' in found) return readRecord(await readDocument(found.path, target.label, signal), target.label);
  return await fetchRecord(found.backend, { target, place, options }, signal);
}

async function fetchRecord(backend: Backend, { target, place, options }: { target: Target; place: Place; options: ScanOptions }, signal: AbortSignal): Promise<RecordedStack | string | Fault> {
  if (options.backends === 'leave') return `its state is kept in the backend ${backend.type}, which scan.backends in dd0c.yaml leaves alone`;
  const deadline = AbortSignal.timeout(options.timeoutMs);
  try {
    const state = remoteState(backend, place, target.label, options);
    const bytes = await state.read(AbortSignal.any([signal, deadline]));
    return bytes === null ? `there is no state in ${state.source} yet` : readRecord(parseDocument(bytes, state.source), state.source);
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) return new Fault('backend-timeout', { source: target.label, backend: backend.type, seconds: options.timeoutMs / 1_000 });
    if (!(error instanceof Fault)) throw error;
    return error.code === 'backend-unclear' ? unclear(backend, error) : error;
  }
}

/** The code can be read without it, so this is a gap and no error. */
function unclear({ type }: Backend, { facts: { setting, reason } }: Fault): string {
  const detail = [setting, reason].filter((part) => part !== undefined).join(': ');
  return `its state is kept in the backend ${type} (${detail}); initialise the folder, or give the state with --against FILE`;
}

/** What a state, a shown state, or the refreshed state in a plan records. */
function readRecord({ form, content }: Document, source: string): RecordedStack {
  if (form === 'state') return readState(content, source);
  if (form === 'show') return readShow(content, source);
  return { lineage: null, serial: null, ...readValues(priorValues(content), source) };
}

function priorValues(content: JsonObject): Json | undefined {
  const prior = content['prior_state'];
  return isObject(prior) ? prior['values'] : undefined;
}
