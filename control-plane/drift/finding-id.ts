import { Fault } from '#proto/domain/fault.ts';

/**
 * A finding's id as it is told: a UUID of version 8 (RFC 9562, section 5.8) that carries its ordinal, so that the table
 * needs no second key.
 */
export function writeFindingId(ordinal: number): string {
  return `00000000-0000-8000-8000-${ordinal.toString(16).padStart(12, '0')}`;
}

/** @throws Fault `not-found` where it is no such id. */
export function parseFindingId(id: string): number {
  const [, digits] = /^00000000-0000-8000-8000-([0-9a-f]{12})$/.exec(id) ?? [];
  if (digits === undefined) throw new Fault('not-found', { finding: id });
  return Number.parseInt(digits, 16);
}
