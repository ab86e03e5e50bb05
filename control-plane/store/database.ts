/**
 * Runs one statement. JSON parameters are given as text, and a text may be given as its bytes in UTF-8, which spares a long
 * one a detour; `timestamptz` comes back as Date, `int8` as number, `bytea` as bytes, `jsonb` parsed.
 * @throws DatabaseError, or Fault `database-unavailable` where the server cannot be reached.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- Row is the caller's word for what its statement selects
export type Query = <Row = Readonly<Record<string, unknown>>>(sql: string, params?: readonly unknown[]) => Promise<{ readonly rows: readonly Row[] }>;

/** A transaction of no particular role. Repositories take a `TenantTx` or `SystemTx` instead. */
export interface Tx {
  readonly query: Query;
  /** Runs several statements without parameters, for migrations. */
  readonly script: (sql: string) => Promise<void>;
}

/** One SQL, two homes: a Postgres server, or PGlite inside this process. */
export interface Database {
  readonly kind: 'pglite' | 'postgres';
  /** Runs one statement in a transaction of its own, as the owner, to whom the rows of tenants are hidden. */
  readonly query: Query;
  /**
   * Runs `work` in one transaction: committed when it returns, rolled back when it throws. Never nested. `opening` are
   * statements that it begins with, at no cost of their own; nothing in them comes from outside.
   */
  readonly transaction: <T>(work: (tx: Tx) => Promise<T>, opening?: string) => Promise<T>;
  readonly close: () => Promise<void>;
}
