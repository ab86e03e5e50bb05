import { timingSafeEqual } from 'node:crypto';
import { Fault } from '#proto/domain/fault.ts';
import { isUuid, toTenantId, type TenantId } from '#proto/domain/identity.ts';
import { readCursor, toPage, writeCursor, type Page } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { publish } from '../store/outbox.ts';
import { asSystem, asTenant, enterTenant, type SystemTx, type TenantTx } from '../store/tenant-tx.ts';
import { authorise, roles, type Role } from './methods.ts';
import { hashToken, looksLikeToken, secretBytes, writeToken } from './token-text.ts';

/** Who asks: the token, and the tenant that it belongs to. */
export interface Principal {
  readonly tenant: TenantId;
  readonly tokenId: string;
  readonly name: string;
  readonly role: Role;
}

/** An API token without its secret. Times are RFC 3339. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  /** Some minutes late. */
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

/** An API token as it is told, once. */
export interface MadeApiToken {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly token: string;
}

export interface AccessOptions {
  readonly db: Database;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** Unpredictable bytes. */
  readonly random: (bytes: number) => Uint8Array;
}

export type Access = ReturnType<typeof createAccess>;

/** Writing each use would make every request a write. */
const lastUsedEveryMs = 5 * 60_000;
/** Any fixed number; two replicas on an empty database make one tenant. */
const bootstrapLock = 3_617_291;

/** Tenants, and the tokens with which people and programs act for them. */
export function createAccess({ db, clock, newId, random }: AccessOptions) {
  return { bootstrap, tenants, authenticate, authorise, createApiToken, listApiTokens, revokeApiToken };

  /**
   * Makes the first tenant and its administrator's token on an empty database; null where there is a tenant already.
   * `deliver` hands the token over before the commit: a start that is cut off leaves a token in vain, never a tenant
   * whose token nobody has.
   */
  async function bootstrap(deliver: (token: string) => Promise<void> = async () => {}): Promise<{ readonly tenant: TenantId; readonly token: string } | null> {
    return asSystem(db, async (system) => {
      await system.query('select pg_advisory_xact_lock($1)', [bootstrapLock]);
      const { rows } = await system.query('select from tenant limit 1');
      if (rows.length > 0) return null;

      const tenant = toTenantId(newId());
      const tx = await enterTenant(system, tenant);
      await tx.query('insert into tenant (id, name, created_at) values ($1, $2, $3)', [tenant, 'default', clock()]);
      const { token } = await writeApiToken(tx, tenant, { name: 'first administrator', role: 'admin' }, null);
      await deliver(token);
      return { tenant, token };
    });
  }

  async function tenants(): Promise<readonly TenantId[]> {
    const { rows } = await asSystem(db, (tx) => tx.query<{ id: string }>('select id from tenant order by created_at, id'));
    return rows.map(({ id }) => toTenantId(id));
  }

  /** @throws Fault `unauthenticated`, whatever is wrong with the token. */
  async function authenticate(bearer: string): Promise<Principal> {
    if (!looksLikeToken(bearer)) throw new Fault('unauthenticated');
    const hash = hashToken(bearer);
    const now = clock();
    return asSystem(db, async (system) => {
      const row = await findByHash(system, hash);
      if (row === undefined || !timingSafeEqual(row.hash, hash)) throw new Fault('unauthenticated');
      if (row.revoked_at !== null || (row.expires_at !== null && row.expires_at <= now)) throw new Fault('unauthenticated');
      const tenant = toTenantId(row.tenant);
      if (row.last_used_at === null || now.getTime() - row.last_used_at.getTime() > lastUsedEveryMs) await touch(system, tenant, row.id, now);
      return { tenant, tokenId: row.id, name: row.name, role: row.role };
    });
  }

  /** The token is in the answer and nowhere else. */
  async function createApiToken({ tenant, tokenId }: Asker, wanted: NewApiToken): Promise<MadeApiToken> {
    if (!roles.includes(wanted.role)) throw new Fault('request-invalid', { field: 'role' });
    return asTenant(db, tenant, (tx) => writeApiToken(tx, tenant, wanted, tokenId ?? null));
  }

  /** Tokens, the newest first. */
  async function listApiTokens({ tenant }: Pick<Principal, 'tenant'>, { limit, cursor }: PageQuery): Promise<Page<ApiToken>> {
    const list = 'apitokens';
    const [at, before] = cursor === undefined ? ['infinity', tenant] : readCursor(list, cursor);
    const { rows } = await asTenant(db, tenant, (tx) => tx.query<ApiTokenRow>(
      `select * from api_token where (created_at, id) < ($1::timestamptz, $2::uuid) order by created_at desc, id desc limit $3`,
      [at, before, limit + 1],
    ));
    return toPage(rows, limit, toApiToken, (row) => writeCursor(list, [row.created_at.toISOString(), row.id]));
  }

  /** @throws Fault `not-found`. */
  async function revokeApiToken({ tenant, tokenId }: Asker, id: string): Promise<void> {
    if (!isUuid(id)) throw new Fault('not-found', { token: id });
    await asTenant(db, tenant, async (tx) => {
      const { rows } = await tx.query('update api_token set revoked_at = coalesce(revoked_at, $2) where id = $1 returning id', [id, clock()]);
      if (rows.length === 0) throw new Fault('not-found', { token: id });
      await publish(tx, { topic: 'access.token-revoked', body: { token: id, by: tokenId ?? null }, createdAt: clock() });
    });
  }

  async function writeApiToken(tx: TenantTx, tenant: TenantId, { name, role, expiresAt }: NewApiToken, by: string | null): Promise<MadeApiToken> {
    const id = newId();
    const token = writeToken(random(secretBytes));
    await tx.query(
      'insert into api_token (tenant, id, name, role, hash, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [tenant, id, name, role, hashToken(token), clock(), expiresAt ?? null],
    );
    await publish(tx, { topic: 'access.token-made', body: { token: id, role, by }, createdAt: clock() });
    return { id, name, role, token };
  }
}

/** Who asks, and with which token where it is not this program itself. */
type Asker = Pick<Principal, 'tenant'> & Partial<Pick<Principal, 'tokenId'>>;

/** Asks for an API token. */
export interface NewApiToken {
  readonly name: string;
  readonly role: Role;
  readonly expiresAt?: Date | undefined;
}

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface ApiTokenRow {
  readonly tenant: string;
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly hash: Uint8Array;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
}

async function findByHash(tx: SystemTx, hash: Uint8Array): Promise<ApiTokenRow | undefined> {
  const { rows } = await tx.query<ApiTokenRow>('select * from api_token where hash = $1', [hash]);
  return rows[0];
}

async function touch(system: SystemTx, tenant: TenantId, id: string, now: Date): Promise<void> {
  const tx = await enterTenant(system, tenant);
  await tx.query('update api_token set last_used_at = $2 where id = $1', [id, now]);
}

function toApiToken(row: ApiTokenRow): ApiToken {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
