import { readHead } from '../source/read-head.ts';
import { findFiles, labelOf, pathsOf } from '../source/find-files.ts';
import type { Target } from '../scanner.ts';

/** What can be read of Pulumi. */
export type Form = 'pulumi-project' | 'pulumi-deployment' | 'pulumi-digest' | 'pulumi-events';

/** The Pulumi projects, exports, checkpoints and event logs at a path. */
export async function findPulumi(path: string, signal: AbortSignal): Promise<readonly Target[]> {
  const { root, folders } = await findFiles(path, signal);
  const targets: Target[] = [];
  for await (const folder of folders) {
    for (const file of pathsOf(folder)) {
      const form = await formOf(file);
      const place = form === 'pulumi-project' ? folder.path : file;
      if (form !== null) targets.push({ kind: 'pulumi', form, path: place, label: labelOf(root, place) });
    }
  }
  return targets;
}

async function formOf(path: string): Promise<Form | null> {
  if (/(?:^|\/)Pulumi\.ya?ml$/.test(path)) return 'pulumi-project';
  if (!/\.jsonl?$|\.log$|\/[^./]+$/.test(path)) return null;
  const head = (await readHead(path)) ?? '';
  if (isEventLog(head)) return 'pulumi-events';
  if (!/urn:pulumi:|"(?:secrets_providers|pulumi)"/.test(head)) return isEmptyStack(head) ? 'pulumi-deployment' : null;
  if (/"version"\s*:\s*\d/.test(head) && /"(?:deployment|checkpoint)"\s*:/.test(head)) return 'pulumi-deployment';
  return /"steps"\s*:\s*\[/.test(head) && /"(?:oldState|newState)"\s*:/.test(head) ? 'pulumi-digest' : null;
}

/** One engine event a line: a number, a time, and one of the events that the engine has. */
function isEventLog(head: string): boolean {
  const [first = ''] = head.trimStart().split('\n', 1);
  return /^\{.*"(?:sequence|timestamp)"\s*:\s*\d/.test(first) && /"(?:prelude|resourcePre|resOutputs|resOpFailed|summary|diagnostic|stdout|policy\w*|progress|cancel|startDebugging)Event"\s*:/.test(first);
}

/** A stack that was made and never deployed, or one of a version that says what it needs before anything else. */
function isEmptyStack(head: string): boolean {
  return /^\s*\{\s*"version"\s*:\s*\d+\s*,\s*(?:"features"\s*:\s*\[[^\]]*\]\s*,\s*)?"(?:deployment|checkpoint)"\s*:\s*\{/.test(head);
}
