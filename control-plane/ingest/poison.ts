import { Fault } from '#proto/domain/fault.ts';
import type { FaultKind } from '#proto/domain/faults.ts';
import { DatabaseError, hasSqlState } from '../store/database-error.ts';

/**
 * SQLSTATE classes that speak of the database rather than of what was written: connection, transaction state and
 * rollback, resources, object state, operator, system
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const passing = new Set(['08', '25', '40', '53', '55', '57', '58']);
const passingKinds: readonly FaultKind[] = ['unavailable', 'timeout', 'exhausted', 'conflict'];

/**
 * True where the content is at fault, so that trying again cannot help and setting it aside lets the rest through.
 * A bug counts as poison too: a report that trips over one would otherwise block its agent for ever.
 */
export function meansPoison(error: unknown): boolean {
  if (error instanceof DatabaseError) return !passing.has(error.sqlState.slice(0, 2));
  if (error instanceof Fault) return !passingKinds.includes(error.kind) && error.code !== 'sequence-gap';
  return true;
}

/** Serialization failure or deadlock: the same again may well succeed. */
export function lostToAnother(error: unknown): boolean {
  return hasSqlState(error, '40001', '40P01');
}
