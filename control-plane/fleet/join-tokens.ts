import { Fault } from '#proto/domain/fault.ts';
import { isUuid, type TenantId } from '#proto/domain/identity.ts';
import { type CaPin, writeJoinToken } from '#proto/domain/join-token.ts';
import { type Page, readCursor, toPage, writeCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { publish } from '../store/outbox.ts';
import { asTenant } from '../store/tenant-tx.ts';
import { isNetwork } from './network.ts';
import { hashSecret, newSecret } from './token-secret.ts';

/** A join token without its secret. Times are RFC 3339. */
export interface JoinToken {
  readonly id: string;
  readonly name: string | null;
  readonly uses: number;
  readonly used: number;
  /** Given to every agent that joins with it. */
  readonly labels: Labels;
  /** CIDR blocks from one of which a host must join; none means any. */
  readonly networks: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
}

/** A join token as it is told, once. */
export interface MadeJoinToken {
  readonly id: string;
  readonly token: string;
  /** host:port of the enrolment door. */
  readonly server: string;
  readonly caPin: CaPin;
  readonly expiresAt: string;
  /** Enrols a host; it reads the token from standard input, so that it stands in no list of processes. */
  readonly command: string;
}

export interface NewJoinToken {
  readonly name?: string | undefined;
  /** How many agents it may enrol; 1. */
  readonly uses?: number | undefined;
  /** 3,600; at most 30 days. */
  readonly ttlSeconds?: number | undefined;
  readonly labels?: Labels | undefined;
  readonly networks?: readonly string[] | undefined;
}

/** Names and values that tell agents apart, as in `env: prod`. */
export type Labels = Readonly<Record<string, string>>;

/** The tokens with which agents join a tenant. `by` is the API token that asks, for the audit trail. */
export interface JoinTokens {
  /** @throws Fault `request-invalid` */
  createToken(tenant: TenantId, wanted: NewJoinToken, by?: string): Promise<MadeJoinToken>;
  /** The latest first. */
  listTokens(tenant: TenantId, page: PageQuery): Promise<Page<JoinToken>>;
  /** @throws Fault `not-found` */
  revokeToken(tenant: TenantId, id: string, by?: string): Promise<void>;
}

export interface JoinTokensOptions {
  readonly db: Database;
  /** Of the root that issues when a token is made. */
  readonly caPin: () => CaPin;
  /** host:port of the enrolment door as agents dial it; known once it is open. */
  readonly enrolAddress: () => string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly newId: () => string;
  /** Unpredictable bytes. */
  readonly random: (bytes: number) => Uint8Array;
}

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface Row {
  readonly id: string;
  readonly name: string | null;
  readonly uses: number;
  readonly used: number;
  readonly labels: Labels;
  readonly networks: readonly string[];
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
}

const list = 'join-tokens';
const maxTtlSeconds = 30 * 24 * 3_600;
const maxUses = 10_000;

export function createJoinTokens({ db, caPin, enrolAddress, clock, newId, random }: JoinTokensOptions): JoinTokens {
  return { createToken, listTokens, revokeToken };

  async function createToken(tenant: TenantId, { name, uses = 1, ttlSeconds = 3_600, labels = {}, networks = [] }: NewJoinToken, by?: string): Promise<MadeJoinToken> {
    if (!isWithin(uses, maxUses)) throw new Fault('request-invalid', { field: 'uses', most: maxUses });
    if (!isWithin(ttlSeconds, maxTtlSeconds)) throw new Fault('request-invalid', { field: 'ttlSeconds', most: maxTtlSeconds });
    const wrong = networks.find((network) => !isNetwork(network));
    if (wrong !== undefined) throw new Fault('request-invalid', { field: 'networks', given: wrong, expected: 'CIDR, as in 10.0.0.0/8' });
    const [id, secret, now] = [newId(), newSecret(random), new Date(clock())];
    const pin = caPin();
    const expiresAt = new Date(now.getTime() + ttlSeconds * 1_000);
    await asTenant(db, tenant, async (tx) => {
      await tx.query(
        'insert into join_token (tenant, id, name, hash, uses, created_at, expires_at, labels, networks) values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9)',
        [tenant, id, name ?? null, hashSecret(secret), uses, now, expiresAt, JSON.stringify(labels), networks],
      );
      await publish(tx, { topic: 'fleet.token-made', body: { token: id, uses, labels, networks, by: by ?? null }, createdAt: now });
    });
    const server = enrolAddress();
    return {
      id,
      token: writeJoinToken({ id, secret, pin }),
      server,
      caPin: pin,
      expiresAt: expiresAt.toISOString(),
      command: `dd0c-agent enroll --server ${server} --ca-pin ${pin} --token-file -`,
    };
  }

  async function listTokens(tenant: TenantId, { limit, cursor }: PageQuery): Promise<Page<JoinToken>> {
    const [at, before] = cursor === undefined ? ['infinity', tenant] : readCursor(list, cursor);
    const { rows } = await asTenant(db, tenant, (tx) =>
      tx.query<Row>(
        `select id, name, uses, used, labels, networks, created_at, expires_at, revoked_at from join_token
         where (created_at, id) < ($1, $2) order by created_at desc, id desc limit $3`,
        [at, before, limit + 1],
      ),
    );
    return toPage(rows, limit, toJoinToken, (row) => writeCursor(list, [row.created_at.toISOString(), row.id]));
  }

  async function revokeToken(tenant: TenantId, id: string, by?: string): Promise<void> {
    if (!isUuid(id)) throw new Fault('not-found', { token: id });
    const now = new Date(clock());
    await asTenant(db, tenant, async (tx) => {
      const { rows } = await tx.query('update join_token set revoked_at = coalesce(revoked_at, $2) where id = $1 returning id', [id, now]);
      if (rows.length === 0) throw new Fault('not-found', { token: id });
      await publish(tx, { topic: 'fleet.token-revoked', body: { token: id, by: by ?? null }, createdAt: now });
    });
  }
}

function isWithin(count: number, most: number): boolean {
  return Number.isSafeInteger(count) && count >= 1 && count <= most;
}

function toJoinToken({ id, name, uses, used, labels, networks, created_at, expires_at, revoked_at }: Row): JoinToken {
  return { id, name, uses, used, labels, networks, createdAt: created_at.toISOString(), expiresAt: expires_at.toISOString(), revokedAt: revoked_at?.toISOString() ?? null };
}
