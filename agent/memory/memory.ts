import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { causes } from '#proto/domain/finding.ts';

/** What a report leaves for the next one, by hashed address: keyed hashes and causes, never a value. */
export const Remembered = z.object({
  schema: z.literal('dd0c.memory/v1'),
  serial: z.number().int().nullable(),
  /** Tells which key the hashes were made with, so that a rotated one is noticed. */
  key: z.string().optional(),
  resources: z.record(z.string(), z.object({
    code: z.string().nullable(),
    recorded: z.string().nullable(),
    live: z.string().nullable(),
    disagreed: z.record(z.string(), z.enum(causes)),
    drifted: z.boolean(),
  })),
});
export type Remembered = z.infer<typeof Remembered>;

/** Keeps what the last report of each stack knew. */
export interface Memory {
  /** Set where nothing is kept, so that nothing need be prepared. */
  readonly forgets?: true;
  /** Null where there was none, or where it can no longer be understood: then causes are told as from one look. */
  recall(stackId: string): Promise<Remembered | null>;
  remember(stackId: string, remembered: Remembered): Promise<void>;
}

/** A memory that forgets, for scans without a data folder. */
export const noMemory: Memory = { forgets: true, recall: async () => null, remember: async () => undefined };

/** A memory of one small file per stack in this folder, for this user alone, replaced as a whole. */
export function createFileMemory(folder: string): Memory {
  return { recall, remember };

  async function recall(stackId: string): Promise<Remembered | null> {
    const text = await readFile(fileOf(stackId), 'utf8').catch(() => null);
    if (text === null) return null;
    const parsed = Remembered.safeParse(parsedJson(text));
    return parsed.success ? parsed.data : null;
  }

  async function remember(stackId: string, remembered: Remembered): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = fileOf(stackId);
    await writeFile(`${file}.new`, JSON.stringify(remembered), { mode: 0o600 });
    await rename(`${file}.new`, file);
  }

  function fileOf(stackId: string): string {
    return join(folder, `${createHash('sha256').update(stackId).digest('hex').slice(0, 32)}.json`);
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
