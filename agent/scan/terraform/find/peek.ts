import { readFile } from 'node:fs/promises';
import { readHead, roughText } from '../../source/read-head.ts';

/** What a file's head suggests: a state, a plan, a shown state, or none of them. Nothing is parsed. */
export async function looksLike(path: string): Promise<'terraform-state' | 'terraform-plan' | 'terraform-show' | undefined> {
  const head = (await readHead(path)) ?? '';
  if (path.endsWith('.tfstate')) return 'terraform-state';
  if (!/^\s*\{/.test(head)) return undefined;
  if (/"encrypted_data"\s*:/.test(head) && /"encryption_version"\s*:/.test(head)) return 'terraform-state';
  if (/"version"\s*:\s*\d/.test(head) && /"(?:lineage|terraform_version)"\s*:\s*"/.test(head)) return 'terraform-state';
  if (/"(?:resource_changes|planned_values|resource_drift|prior_state)"\s*:/.test(head)) return (await mentionsFormat(path, head)) ? 'terraform-plan' : undefined;
  if (/"format_version"\s*:\s*"/.test(head)) return /"(?:values|terraform_version)"\s*:/.test(head) ? 'terraform-show' : undefined;
  if (/^\s*\{\s*"configuration"\s*:/.test(head)) return (await mentionsFormat(path, head)) ? 'terraform-plan' : undefined; // keys sorted
  return undefined;
}

/** Whether a file at least begins like JSON; an empty, binary or HTML one does not. */
export async function looksLikeJson(path: string): Promise<boolean> {
  return /^\s*[{[]/.test((await readHead(path)) ?? '{');
}

async function mentionsFormat(path: string, head: string): Promise<boolean> {
  const wanted = '"format_version"';
  return head.includes(wanted) || roughText(await readFile(path)).includes(wanted);
}
