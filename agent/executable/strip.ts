import { copyFile, stat } from 'node:fs/promises';
import { execa } from 'execa';
import type { BuildTarget } from './target.ts';

/**
 * Copies a Node without its symbols, a fifth of its size. This must happen before the agent goes in: afterwards it would
 * cut the agent out. Where no program can do it the copy is whole; answers which program did it, or null.
 */
export async function strip(from: string, to: string, { strippers }: BuildTarget): Promise<string | null> {
  const { size } = await stat(from);
  for (const stripper of strippers) {
    const { failed } = await execa(stripper, ['-o', to, from], { reject: false });
    if (!failed && (await stat(to)).size < size) return stripper;
  }
  await copyFile(from, to);
  return null;
}
