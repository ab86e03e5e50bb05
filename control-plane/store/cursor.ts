import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';

/** A part of a list; `next` is the cursor of the following part, or null at the end. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

const Written = z.tuple([z.string(), z.array(z.string())]);

/**
 * Writes where a page ended. It holds the sort key of the last row, which never changes, so that rows that come and go
 * meanwhile neither hide nor repeat others. `list` names the list and its filters: a cursor fits no other.
 */
export function writeCursor(list: string, key: readonly string[]): string {
  return Buffer.from(JSON.stringify([checksum(list, key), key])).toString('base64url');
}

/** @throws Fault `request-invalid` where the cursor is not one that this list gave. */
export function readCursor(list: string, cursor: string): readonly string[] {
  const parsed = Written.safeParse(parse(cursor));
  if (!parsed.success || parsed.data[0] !== checksum(list, parsed.data[1])) throw new Fault('request-invalid', { field: 'cursor' });
  return parsed.data[1];
}

/**
 * Cuts a page from rows of which one more was asked for than `limit`; that row alone says whether there is more.
 */
export function toPage<Row, Item>(rows: readonly Row[], limit: number, toItem: (row: Row) => Item, cursorOf: (row: Row) => string): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map(toItem), next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}

/** Finds slips and cursors of other lists; it keeps no secret, row-level security does. */
function checksum(list: string, key: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify([list, key])).digest('base64url').slice(0, 11);
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
