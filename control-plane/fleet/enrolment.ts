import { Fault } from '#proto/domain/fault.ts';
import { type AgentId, type TenantId, toAgentId } from '#proto/domain/identity.ts';
import { type JoinToken, parseJoinToken } from '#proto/domain/join-token.ts';
import type { Database } from '../store/database.ts';
import { publish } from '../store/outbox.ts';
import { asSystem, asTenant, type TenantTx } from '../store/tenant-tx.ts';
import { admit } from './agents.ts';
import { recordIssued } from './certificates.ts';
import type { Issuer, Trust } from './issuer.ts';
import type { Labels } from './join-tokens.ts';
import { isWithin } from './network.ts';
import { hashSecret, isSecret } from './token-secret.ts';

/** A host that wants to be an agent. */
export interface Applicant {
  readonly token: string;
  /** PKCS #10 in DER. */
  readonly csr: Uint8Array;
  /** What the host calls itself; for people only. */
  readonly hostname: string;
  readonly version: string;
  /** Where it comes from, `address:port`. */
  readonly remoteAddress: string;
}

/** An agent and its first certificate. */
export interface Enrolled {
  readonly tenant: TenantId;
  readonly agent: AgentId;
  readonly serial: string;
  /** DER: the certificate, then its intermediate. */
  readonly certificateChain: readonly Uint8Array[];
  readonly trust: Trust;
  /** False where the same key came again after a lost answer. */
  readonly isNew: boolean;
}

export interface Enrolment {
  /**
   * Trades a join token for a certificate. The token is spent on the key of the request: the same key may come again,
   * as long as the token lives, and is the same agent.
   * @throws Fault `token-invalid`, `token-expired`, `token-used`, `token-elsewhere`, `csr-invalid`, `agent-locked`, `agent-removed`
   */
  enrol(applicant: Applicant): Promise<Enrolled>;
}

export interface EnrolmentOptions {
  readonly db: Database;
  readonly issuer: Issuer;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly newId: () => string;
}

interface TokenRow {
  readonly tenant: TenantId;
  readonly hash: Uint8Array;
}

/** Compared where there is no token of that id, so that it takes as long as a wrong secret. */
const nobodys = hashSecret('');

export function createEnrolment({ db, issuer, clock, newId }: EnrolmentOptions): Enrolment {
  return { enrol };

  async function enrol(applicant: Applicant): Promise<Enrolled> {
    const token = readToken(applicant.token);
    const tenant = await tenantOf(token);
    const request = await issuer.acceptRequest(applicant.csr); // outside the transaction: others wait for that
    const now = new Date(clock());
    return await asTenant(db, tenant, async (tx) => {
      const { agent, isNew } = await spend(tx, { tenant, token: token.id, keyHash: request.keyHash, applicant, now });
      const { chain, ...issued } = await request.issueFor(tenant, agent);
      await recordIssued(tx, { tenant, agent, generation: 1, issued, now });
      await publish(tx, { topic: 'fleet.agent-enrolled', body: { agent, token: token.id, serial: issued.serial, again: !isNew }, createdAt: now });
      return { tenant, agent, serial: issued.serial, certificateChain: chain, trust: issued.trust, isNew };
    });
  }

  function readToken(text: string): JoinToken {
    const token = parseJoinToken(text);
    if (token === null) throw new Fault('token-invalid', { reason: 'malformed' });
    if (token.pin !== issuer.pin) throw new Fault('token-invalid', { reason: 'made by another server' });
    return token;
  }

  /** An id that nobody has and a secret that is wrong are one fault. */
  async function tenantOf({ id, secret }: JoinToken): Promise<TenantId> {
    const { rows } = await asSystem(db, (tx) => tx.query<TokenRow>('select tenant, hash from join_token where id = $1', [id]));
    const [row] = rows;
    if (!isSecret(secret, row?.hash ?? nobodys) || row === undefined) throw new Fault('token-invalid', { token: id });
    return row.tenant;
  }

  async function spend(tx: TenantTx, { tenant, token, keyHash, applicant, now }: Spending): Promise<{ agent: AgentId; isNew: boolean }> {
    const { labels } = await lockLiveToken(tx, token, applicant.remoteAddress, now);
    const before = await tx.query<{ agent: AgentId }>('select agent from join_token_use where token = $1 and key_hash = $2', [token, keyHash]);
    const known = before.rows[0]?.agent;
    if (known !== undefined) {
      await admit(tx, known);
      await tx.query('update agent set hostname = $2, version = $3 where id = $1', [known, applicant.hostname, applicant.version]);
      return { agent: known, isNew: false };
    }
    const taken = await tx.query('update join_token set used = used + 1 where id = $1 and used < uses returning id', [token]);
    if (taken.rows.length === 0) throw new Fault('token-used', { token });
    const agent = toAgentId(newId());
    await tx.query(
      'insert into agent (tenant, id, name, hostname, version, enrolled_at, labels) values ($1, $2, $3, $3, $4, $5, $6::jsonb)',
      [tenant, agent, applicant.hostname, applicant.version, now, JSON.stringify(labels)],
    );
    await tx.query('insert into join_token_use (tenant, token, key_hash, agent, used_at) values ($1, $2, $3, $4, $5)', [tenant, token, keyHash, agent, now]);
    return { agent, isNew: true };
  }
}

interface Spending {
  readonly tenant: TenantId;
  readonly token: string;
  readonly keyHash: Uint8Array;
  readonly applicant: Applicant;
  readonly now: Date;
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
