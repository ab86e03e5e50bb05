import { Pool, TypeOverrides, types, type PoolClient } from 'pg';
import type { Database, Query, Tx } from './database.ts';
import { fromDriver } from './database-error.ts';

const maxConnections = 10;
const connectTimeoutMs = 10_000;

/**
 * Set inside each transaction, so that it also holds behind a pooler that shares connections between transactions. A
 * statement that runs longer than 30 s, or a transaction left idle for 60 s, holds locks that others wait for.
 */
const begin = `begin;
  set local search_path = dd0c, pg_temp;
  set local time zone 'UTC';
  set local statement_timeout = '30s';
  set local idle_in_transaction_session_timeout = '60s'`;

/** Opens a pool to a Postgres server; connections are made when first needed. */
export function openPostgres(url: string, onIdleError: (error: Error) => void): Database {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'dd0c-server',
    types: parsers,
  });
  pool.on('error', onIdleError);
  pool.on('connect', (client) => client.on('error', () => {})); // one that breaks in use is told by its next query; untold, it ends the process

  const query: Query = (sql, params) => transaction((tx) => tx.query(sql, params));
  return { kind: 'postgres', query, transaction, close };

  async function transaction<T>(work: (tx: Tx) => Promise<T>, opening = ''): Promise<T> {
    const client = await connect(pool);
    try {
      await client.query(`${begin}; ${opening}`);
      const result = await work(toTx(client));
      await client.query('commit');
      client.release();
      return result;
    } catch (error) {
      await rollBack(client);
      throw fromDriver(error);
    }
  }

  async function close(): Promise<void> {
    if (!pool.ended) await pool.end();
  }
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw fromDriver(error);
  }
}

/** A connection that cannot even roll back is thrown away, never handed to another. */
async function rollBack(client: PoolClient): Promise<void> {
  try {
    await client.query('rollback');
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  }
}

function toTx(client: PoolClient): Tx {
  return {
    query: async (sql, params = []) => {
      try {
        const { rows } = await client.query<never>(sql, [...params]);
        return { rows };
      } catch (error) {
        throw fromDriver(error);
      }
    },
    script: async (sql) => {
      try {
        await client.query(sql);
      } catch (error) {
        throw fromDriver(error);
      }
    },
  };
}

/** As pg's own, but `int8` becomes a number: ours count rows and never pass 2^53. */
const parsers = new TypeOverrides();
parsers.setTypeParser(types.builtins.INT8, Number);
