import { isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import type { OpenStack, ScanOptions, Target } from '../scanner.ts';
import { compareFolder } from './code/compare-folder.ts';
import { loadTree } from './code/load-tree.ts';
import type { ModuleTree } from './code/module.ts';
import { locateState, type Place } from './locate-state.ts';
import { readShow, readValues } from './recorded/read-show.ts';
import { readState } from './recorded/read-state.ts';
import type { RecordedStack } from './recorded/recorded.ts';
import { readDocument } from './source/read-document.ts';
import { toStack } from './stack.ts';

/** Opens a folder of code against its own state, or against a file that is given in its place. */
export async function openFolder(target: Target, place: Place, options: ScanOptions, signal: AbortSignal): Promise<OpenStack> {
  const tree = await loadTree(place.folder, target.label, signal);
  const recorded = await recordOf(target, place, tree, options, signal);
  const { label: source } = target;
  const compared = await compareFolder({ tree, source, workspace: place.workspace, env: options.env, recorded });
  const { lineage, serial } = typeof recorded === 'string' ? { lineage: null, serial: null } : recorded;
  return toStack({ ...compared, against: typeof recorded === 'string' ? 'nothing' : 'code', lineage, serial });
}

async function recordOf(target: Target, place: Place, tree: ModuleTree, { against }: ScanOptions, signal: AbortSignal): Promise<RecordedStack | string> {
  if (against.side === 'file') return readRecord(against.path, against.path, signal);
  const found = await locateState(place, tree.module);
  return 'missing' in found ? found.missing : readRecord(found.path, target.label, signal);
}

/** What a state, a shown state, or the refreshed state in a plan records. */
async function readRecord(path: string, source: string, signal: AbortSignal): Promise<RecordedStack> {
  const { form, content } = await readDocument(path, source, signal);
  if (form === 'state') return readState(content, source);
  if (form === 'show') return readShow(content, source);
  return { lineage: null, serial: null, ...readValues(priorValues(content), source) };
}

function priorValues(content: JsonObject): Json | undefined {
  const prior = content['prior_state'];
  return isObject(prior) ? prior['values'] : undefined;
}
