import { Fault } from '#proto/domain/fault.ts';
import { type AgentId, type TenantId, toAgentId } from '#proto/domain/identity.ts';
import { type CaPin, type JoinToken, parseJoinToken } from '#proto/domain/join-token.ts';
import type { Database } from '../store/database.ts';
import { asSystem, type TenantTx } from '../store/tenant-tx.ts';
import type { Grant, Joined } from './grant.ts';
import type { Labels } from './join-tokens.ts';
import { isWithin } from './network.ts';
import { addAgent, type Newcomer, readmit } from './newcomer.ts';
import { hashSecret, isSecret } from './token-secret.ts';

export interface TokenGrantOptions {
  readonly db: Database;
  readonly pin: CaPin;
  readonly newId: () => string;
}

interface TokenRow {
  readonly tenant: TenantId;
  readonly hash: Uint8Array;
}

/** Compared where there is no token of that id, so that it takes as long as a wrong secret. */
const nobodys = hashSecret('');

/**
 * What a join token grants. It is spent on the key of the request: the same key may come again as long as the token lives.
 * @throws Fault `token-invalid`; where it is used also `token-expired`, `token-used`, `token-elsewhere`
 */
export async function grantOfToken(text: string, { db, pin, newId }: TokenGrantOptions): Promise<Grant> {
  const token = readToken(text, pin);
  const tenant = await tenantOf(token, db);
  return { tenant, by: { token: token.id }, use: (tx, newcomer) => spend(tx, { tenant, token: token.id, newId }, newcomer) };
}

function readToken(text: string, pin: CaPin): JoinToken {
  const token = parseJoinToken(text);
  if (token === null) throw new Fault('token-invalid', { reason: 'malformed' });
  if (token.pin !== pin) throw new Fault('token-invalid', { reason: 'made by another server' });
  return token;
}

/** An id that nobody has and a secret that is wrong are one fault. */
async function tenantOf({ id, secret }: JoinToken, db: Database): Promise<TenantId> {
  const { rows } = await asSystem(db, (tx) => tx.query<TokenRow>('select tenant, hash from join_token where id = $1', [id]));
  const [row] = rows;
  if (!isSecret(secret, row?.hash ?? nobodys) || row === undefined) throw new Fault('token-invalid', { token: id });
  return row.tenant;
}

async function spend(tx: TenantTx, { tenant, token, newId }: { tenant: TenantId; token: string; newId: () => string }, newcomer: Newcomer): Promise<Joined> {
  const { keyHash, remoteAddress, now } = newcomer;
  const { labels } = await lockLiveToken(tx, token, remoteAddress, now);
  const before = await tx.query<{ agent: AgentId }>('select agent from join_token_use where token = $1 and key_hash = $2', [token, keyHash]);
  const known = before.rows[0]?.agent;
  if (known !== undefined) {
    await readmit(tx, known, newcomer);
    return { agent: known, isNew: false };
  }
  const taken = await tx.query('update join_token set used = used + 1 where id = $1 and used < uses returning id', [token]);
  if (taken.rows.length === 0) throw new Fault('token-used', { token });
  const agent = toAgentId(newId());
  await addAgent(tx, { tenant, agent, labels }, newcomer);
  await tx.query('insert into join_token_use (tenant, token, key_hash, agent, used_at) values ($1, $2, $3, $4, $5)', [tenant, token, keyHash, agent, now]);
  return { agent, isNew: true };
}

/** Two that come with one token at once follow each other. */
async function lockLiveToken(tx: TenantTx, token: string, remoteAddress: string, now: Date): Promise<LiveToken> {
  const { rows } = await tx.query<LiveToken>('select expires_at, revoked_at, labels, networks from join_token where id = $1 for update', [token]);
  const [row] = rows;
  if (row === undefined || row.revoked_at !== null) throw new Fault('token-invalid', { token, reason: 'revoked' });
  if (row.expires_at.getTime() <= now.getTime()) throw new Fault('token-expired', { token, expiredAt: row.expires_at.toISOString() });
  if (!isWithin(remoteAddress, row.networks)) throw new Fault('token-elsewhere', { token, address: remoteAddress });
  return row;
}

interface LiveToken {
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
  readonly labels: Labels;
  readonly networks: readonly string[];
}
