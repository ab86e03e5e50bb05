import { existsSync, renameSync, rmSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { PGlite, types, type Transaction } from '@electric-sql/pglite';
import type { Database, Query, Tx } from './database.ts';
import { fromDriver } from './database-error.ts';

/** The role that owns the schema in the embedded database; a superuser, as which PGlite starts, ignores row-level security. */
const owner = 'dd0c_owner';

/** Opens Postgres inside this process. The caller holds the folder's lock. */
export async function openPglite(folder: string): Promise<Database> {
  if (!existsSync(folder)) await makePglite(folder);
  const engine = await PGlite.create(folder, { parsers: { [types.INT8]: Number, [types.BYTEA]: toBytes }, serializers: { [types.BYTEA]: fromBytes, [types.TEXT]: fromText } });
  await engine.exec(`
    do $$ begin
      if not exists (select from pg_roles where rolname = '${owner}') then
        create role ${owner} nologin createrole;
        execute format('grant create on database %I to ${owner}', current_database());
      end if;
    end $$;
    set session authorization ${owner};
    set search_path = dd0c, pg_temp;
    set time zone 'UTC';
  `);

  const query: Query = (sql, params) => transaction((tx) => tx.query(sql, params));
  return { kind: 'pglite', query, transaction, close };

  async function transaction<T>(work: (tx: Tx) => Promise<T>, opening = ''): Promise<T> {
    try {
      return await engine.transaction(async (inner) => {
        if (opening !== '') await inner.exec(opening);
        return await work(toTx(inner));
      });
    } catch (error) {
      throw fromDriver(error);
    }
  }

  async function close(): Promise<void> {
    if (!engine.closed) await engine.close();
  }
}

/** Made beside its place and then moved: a first start that is cut off would leave one that never opens again. */
async function makePglite(folder: string): Promise<void> {
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  const engine = await PGlite.create(draft);
  await engine.close();
  renameSync(draft, folder);
}

function toTx(inner: Transaction): Tx {
  return {
    query: async (sql, params = []) => {
      try {
        await setImmediate(); // the engine holds this thread while it works; between statements others have their turn
        const { rows } = await inner.query<never>(sql, [...params]);
        return { rows };
      } catch (error) {
        throw fromDriver(error);
      }
    },
    script: async (sql) => {
      try {
        await inner.exec(sql);
      } catch (error) {
        throw fromDriver(error);
      }
    },
  };
}

function toBytes(text: string): Buffer {
  return Buffer.from(text.slice(2), 'hex'); // '\x…'
}

/** Its own way goes byte by byte and takes several times as long as the insert itself. */
function fromBytes(value: unknown): string {
  if (!(value instanceof Uint8Array)) throw new TypeError('bytes are given as a Uint8Array');
  return asTheyAre(value);
}

/** Of a text as a string it counts each character twice, in script. */
function fromText(value: unknown): string {
  return value instanceof Uint8Array ? asTheyAre(value) : String(value);
}

/** Goes in the binary form of the protocol: the engine takes bytes for any value, though its types know of strings only. */
function asTheyAre(bytes: Uint8Array): string {
  return bytes as unknown as string;
}
