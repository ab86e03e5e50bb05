import { z } from 'zod';

/** Text to look for. No database stores a null character, so nothing with one can be found. */
export function text(maxLength: number) {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .refine((value) => !value.includes('\0'), 'no null character');
}

/** The part of a list that a client asks for. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100).describe('How many to answer at most'),
  cursor: text(1_024).optional().describe('The `next` of the page before'),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** A part of a list; `next` is the cursor of the following part, or null at the end. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** The cursor of the following page on an answer. */
export const next = z.string().nullable().describe('The cursor of the following page, or null at the end');

/** A moment as RFC 3339 in UTC. */
export const moment = z.string().meta({ format: 'date-time' });

/** An id that dd0c gave out: a UUID in lower case. */
export const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a UUID in lower case');

/** `{id}` in a path. */
export const ById = z.object({ id: uuid });

/** An answer without a body. */
export const Nothing = z.undefined().describe('Done');
