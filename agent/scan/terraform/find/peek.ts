import { open, readFile } from 'node:fs/promises';

const headBytes = 64 * 1024;

/** What a file's head suggests: a state, a plan, a shown state, or none of them. Nothing is parsed. */
export async function looksLike(path: string): Promise<'terraform-state' | 'terraform-plan' | 'terraform-show' | undefined> {
  const head = await readHead(path).catch(() => '');
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
  return /^\s*[{[]/.test(await readHead(path).catch(() => '{'));
}

async function mentionsFormat(path: string, head: string): Promise<boolean> {
  const wanted = '"format_version"';
  return head.includes(wanted) || plain(await readFile(path)).includes(wanted);
}

async function readHead(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return plain(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/** Enough of a text to look for keys in, whatever its encoding. */
function plain(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll('\0', '').replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '');
}
