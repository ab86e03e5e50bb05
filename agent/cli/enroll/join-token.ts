import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Fault } from '#proto/domain/fault.ts';
import type { Host } from '../host.ts';

/**
 * The join token from a file, standard input (`-`) or the environment; there is no option that takes the token itself.
 * @throws Fault `join-token-unnamed`, `join-token-unreadable`
 */
export async function readJoinToken(file: string | undefined, { env, terminal }: Pick<Host, 'env' | 'terminal'>): Promise<string> {
  if (file === undefined) {
    const token = env['DD0C_JOIN_TOKEN']?.trim() ?? '';
    if (token === '') throw new Fault('join-token-unnamed');
    return token;
  }
  const token = (file === '-' ? await text(terminal.input) : await readTokenFile(file)).trim();
  if (token === '') throw new Fault('join-token-unreadable', { file });
  return token;
}

async function readTokenFile(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Fault('join-token-unreadable', { file }, { cause });
  });
}
