import { Fault } from '#proto/domain/fault.ts';
import { hasSqlState } from './database-error.ts';
import type { Database } from './database.ts';

/** Sees the rows of one tenant: the one set in its transaction. */
export const tenantRole = 'dd0c_app_tenant';
/** Sees only what must be known before the tenant is: tokens by their hash or id, and the list of tenants. */
export const systemRole = 'dd0c_app_system';

const appRoles = [tenantRole, systemRole];
const insufficientPrivilege = '42501';
/** What `set role` says of a role that is not there, and what other statements say. */
const noSuchRole = ['22023', '42704'];
/** Somebody else has just made it: the second where both did at the same moment. */
const roleExists = ['42710', '23505'];

/**
 * Sees to it that this login is plain and may take both roles on. Roles belong to a whole Postgres cluster, so they may
 * be there already, made by an administrator or for another database.
 * @throws Fault `database-superuser`, or `database-roles-missing` with the statements an administrator runs.
 */
export async function prepareRoles(db: Database): Promise<void> {
  await refuseUnboundRole(db);
  for (const role of appRoles) {
    if (await mayTakeOn(db, role)) continue;
    await createOrGrant(db, role);
    if (!(await mayTakeOn(db, role))) throw new Fault('database-roles-missing', { statements: await statementsFor(db) });
  }
}

async function refuseUnboundRole(db: Database): Promise<void> {
  const { rows } = await db.query<{ rolname: string }>(
    `select rolname from pg_roles
     where (rolsuper or rolbypassrls) and (rolname in (current_user, session_user) or rolname = any($1::text[]))`,
    [appRoles],
  );
  const [unbound] = rows;
  if (unbound !== undefined) throw new Fault('database-superuser', { role: unbound.rolname });
}

/** Tried, not read from the catalogue: what membership allows differs between versions 15 and 16 of Postgres. */
async function mayTakeOn(db: Database, role: string): Promise<boolean> {
  try {
    await db.query(`set local role ${role}`);
    return true;
  } catch (error) {
    if (hasSqlState(error, insufficientPrivilege, ...noSuchRole)) return false;
    throw error;
  }
}

async function createOrGrant(db: Database, role: string): Promise<void> {
  for (const statement of [`create role ${role} nologin role current_user`, `grant ${role} to current_user`]) {
    try {
      await db.query(statement);
      return;
    } catch (error) {
      if (!hasSqlState(error, insufficientPrivilege, ...noSuchRole, ...roleExists)) throw error;
    }
  }
}

async function statementsFor(db: Database): Promise<string> {
  const { rows } = await db.query<{ statements: string }>(
    `select string_agg(
       case when exists (select from pg_roles where rolname = role)
         then format('grant %I to %I;', role, session_user)
         else format('create role %I nologin role %I;', role, session_user) end, ' ') as statements
     from unnest($1::text[]) role`,
    [appRoles],
  );
  return rows[0]?.statements ?? '';
}
