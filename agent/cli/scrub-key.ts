import { dataFolder } from '../config/data-folder.ts';
import { idOfScrubKey, readScrubKey, rotateScrubKey } from '../identity/scrub-key.ts';
import type { Host } from './host.ts';

export interface ScrubKeyOptions {
  readonly data?: string;
}

/** `scrub-key show`: which key is in use, never the key. */
export async function showScrubKey({ data }: ScrubKeyOptions, { terminal, env }: Host): Promise<number> {
  const folder = dataFolder(data, env);
  const key = await readScrubKey(folder);
  terminal.out(key === null ? `no key yet: one is made when the agent enrols or first scans with ${folder}\n` : `${idOfScrubKey(key)}  in ${folder}\n`);
  return 0;
}

/** `scrub-key rotate`: a new key from now on. */
export async function rotateKey({ data }: ScrubKeyOptions, { terminal, env }: Host): Promise<number> {
  const folder = dataFolder(data, env);
  const before = await readScrubKey(folder).catch(() => null); // a broken one is replaced too
  const after = await rotateScrubKey(folder);
  terminal.out(`${idOfScrubKey(after)}  in ${folder}\n`);
  terminal.err(before === null ? 'There was no key before that could be read.\n' : consequences(idOfScrubKey(before)));
  return 0;
}

function consequences(before: string): string {
  return `It replaces ${before}, which is gone.
- Placeholders of earlier reports match none of the next: each secret that drifted shows once as changed.
- The next report of each stack says so in its manifest, and tells who changed what as from one look.
- An agent that is running goes on with the old key until it is restarted.
`;
}
