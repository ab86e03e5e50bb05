import { readHead } from '../source/read-head.ts';
import { findFiles, labelOf, pathsOf } from '../source/find-files.ts';
import type { Target } from '../scanner.ts';

/** What can be read of CloudFormation without asking AWS. */
export type Form = 'cloudformation-template' | 'cloudformation-drifts';

/** The templates and saved drift answers at a path. */
export async function findCloudFormation(path: string, signal: AbortSignal): Promise<readonly Target[]> {
  const { root, folders } = await findFiles(path, signal);
  const targets: Target[] = [];
  for await (const folder of folders) {
    for (const file of pathsOf(folder)) {
      const form = await formOf(file);
      if (form !== null) targets.push({ kind: 'cloudformation', form, path: file, label: labelOf(root, file) });
    }
  }
  return targets;
}

async function formOf(path: string): Promise<Form | null> {
  if (!/\.(?:ya?ml|json|template)$/.test(path)) return null;
  const head = (await readHead(path)) ?? '';
  if (/"StackResourceDrifts?"\s*:\s*[[{]/.test(head)) return 'cloudformation-drifts';
  if (/"StackResource(?:Summarie)?s"\s*:\s*\[/.test(head) && /"StackResourceDriftStatus"\s*:/.test(head)) return 'cloudformation-drifts';
  if (/(?:^|[{,\s])["']?AWSTemplateFormatVersion["']?\s*:/m.test(head)) return 'cloudformation-template';
  const hasResources = /(?:^|[{,\s])["']?Resources["']?\s*:/m.test(head);
  return hasResources && /["']?Type["']?\s*:\s*["']?AWS::\w+::/.test(head) ? 'cloudformation-template' : null;
}
