import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readHead } from '../source/read-head.ts';
import { type Found, findFiles, labelOf, pathsOf } from '../source/find-files.ts';
import { walk } from '../source/walk.ts';
import type { Target } from '../scanner.ts';

/** What can be read of Pulumi. */
export type Form = 'pulumi-project' | 'pulumi-checkpoint' | 'pulumi-deployment' | 'pulumi-digest' | 'pulumi-events';

/** The Pulumi projects, exports, checkpoints and event logs at a path, and the stacks of a backend that lies there. */
export async function findPulumi(path: string, signal: AbortSignal): Promise<readonly Target[]> {
  const { root, folders, isFile } = await findFiles(path, signal);
  const targets: Target[] = await stacksOfBackend({ root, isFile }, signal);
  for await (const folder of folders) {
    if (isBesideStacks(folder.path)) continue;
    for (const file of pathsOf(folder)) {
      const form = await formOf(file);
      const place = form === 'pulumi-project' ? folder.path : file;
      if (form !== null) targets.push({ kind: 'pulumi', form, path: place, label: labelOf(root, place) });
    }
  }
  return targets;
}

/** A folder that `pulumi login file://…` names keeps its stacks in a hidden one; a project beside it is read through it. */
async function stacksOfBackend({ root, isFile }: Pick<Found, 'root' | 'isFile'>, signal: AbortSignal): Promise<Target[]> {
  const stacks = join(root, '.pulumi', 'stacks');
  const isThere = !isFile && (await stat(stacks).catch(() => null))?.isDirectory() === true && !(await readdir(root)).some((name) => isProject(name));
  const targets: Target[] = [];
  if (!isThere) return targets;
  for await (const folder of walk(stacks, signal)) {
    for (const path of pathsOf(folder)) if (isCheckpoint(path)) targets.push({ kind: 'pulumi', form: 'pulumi-checkpoint', path, label: labelOf(root, path) });
  }
  return targets;
}

/** What a backend keeps beside its stacks looks like them: what they were before. */
function isBesideStacks(folder: string): boolean {
  return /\/\.pulumi\/(?!stacks(?:\/|$))/.test(folder);
}

function isCheckpoint(path: string): boolean {
  return /\/\.pulumi\/stacks\/.*\.json(?:\.gz)?$/.test(path);
}

function isProject(path: string): boolean {
  return /(?:^|\/)Pulumi\.ya?ml$/.test(path);
}

async function formOf(path: string): Promise<Form | null> {
  if (isProject(path)) return 'pulumi-project';
  if (isCheckpoint(path)) return 'pulumi-checkpoint';
  if (!/\.jsonl?$|\.log$|\/[^./]+$/.test(path)) return null;
  const head = (await readHead(path)) ?? '';
  if (isEventLog(head)) return 'pulumi-events';
  if (!/urn:pulumi:|"(?:secrets_providers|pulumi)"/.test(head)) return isEmptyStack(head) ? 'pulumi-deployment' : null;
  if (/"version"\s*:\s*\d/.test(head) && /"(?:deployment|checkpoint)"\s*:/.test(head)) return 'pulumi-deployment';
  return /"steps"\s*:\s*\[/.test(head) && /"(?:oldState|newState)"\s*:/.test(head) ? 'pulumi-digest' : null;
}

/** One engine event a line: a number, a time, and one of the events that the engine has. */
function isEventLog(head: string): boolean {
  const start = head.trimStart();
  const first = /^(?:\[|\{\s*"events"\s*:)/.test(start) ? start : (start.split('\n', 1)[0] ?? ''); // a list of them may be spread over lines
  return /^[[{][^]*"(?:sequence|timestamp)"\s*:\s*\d/.test(first) && /"(?:prelude|resourcePre|resOutputs|resOpFailed|summary|diagnostic|stdout|policy\w*|progress|cancel|startDebugging)Event"\s*:/.test(first);
}

/** A stack that was made and never deployed, or one of a version that says what it needs before anything else. */
function isEmptyStack(head: string): boolean {
  return /^\s*\{\s*"version"\s*:\s*\d+\s*,\s*(?:"features"\s*:\s*\[[^\]]*\]\s*,\s*)?"(?:deployment|checkpoint)"\s*:\s*(?:\{|null\s*\})/.test(head);
}
