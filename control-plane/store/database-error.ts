import { Fault } from '#proto/domain/fault.ts';

/**
 * What the database refused, without what was in the rows: drivers put values into message, detail and parameters, and
 * errors end in logs.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  /** https://www.postgresql.org/docs/current/errcodes-appendix.html */
  readonly sqlState: string;
  readonly constraint: string | undefined;

  constructor(sqlState: string, constraint: string | undefined, told: string) {
    super(`the database refused a statement: ${[sqlState, constraint, told].filter(Boolean).join(', ')}`);
    this.sqlState = sqlState;
    this.constraint = constraint;
  }
}

/** Whether a statement failed with this SQLSTATE. */
export function hasSqlState(error: unknown, ...states: readonly string[]): boolean {
  return error instanceof DatabaseError && states.includes(error.sqlState);
}

/** Connection lost or refused, server full or shutting down, login refused, database absent. */
const unavailable = /^(08...|57P0[1-5]|53...|28...|3D000|E[A-Z_]+)$/;
/** Errors of class 42 speak of our own SQL (names, rights), never of rows. */
const aboutOurSql = /^42/;

/** Turns whatever a driver threw into a `Fault` or a `DatabaseError`; anything else passes as it is. */
export function fromDriver(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Fault || error instanceof DatabaseError) return error;
  const code = textAt(error, 'code');
  if (code === undefined) {
    const lost = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;
    return lost.test(error.message) ? new Fault('database-unavailable', { reason: error.message }) : error;
  }
  if (unavailable.test(code)) return new Fault('database-unavailable', { reason: code });
  if (!/^[0-9A-Z]{5}$/.test(code)) return error;
  return new DatabaseError(code, textAt(error, 'constraint'), aboutOurSql.test(code) ? error.message : '');
}

function textAt(error: Error, key: string): string | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(error, key)?.value;
  return typeof value === 'string' ? value : undefined;
}
