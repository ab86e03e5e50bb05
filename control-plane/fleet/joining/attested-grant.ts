import { createPublicKey, verify } from 'node:crypto';
import { type Attestation, challengeOf, proofOf } from '#proto/domain/attestation.ts';
import { Fault } from '#proto/domain/fault.ts';
import { type AgentId, isUuid, type TenantId, toAgentId } from '#proto/domain/identity.ts';
import type { CaPin } from '#proto/domain/join-token.ts';
import type { Database } from '../../store/database.ts';
import { asSystem, type TenantTx } from '../../store/tenant-tx.ts';
import type { Grant, Joined } from '../grant.ts';
import type { AcceptedRequest } from '../issuer.ts';
import type { Labels } from '../join-tokens.ts';
import { isWithin } from '../network.ts';
import { addAgent, type Newcomer, readmit } from '../newcomer.ts';
import type { Attested, Attestor } from './attestor.ts';
import type { Challenges } from './challenges.ts';
import { Rule } from './rules.ts';

export interface AttestedGrantOptions {
  readonly db: Database;
  readonly pin: CaPin;
  readonly challenges: Challenges;
  readonly attestors: readonly Attestor[];
  readonly newId: () => string;
}

interface PolicyRow {
  readonly tenant: TenantId;
  readonly rule: unknown;
}

/** So many new agents may come as one pod or one session of a role within an hour. */
const mostAnHour = 10;

/**
 * What an attestation grants under the join policy that it names.
 * @throws Fault `join-policy-unknown`, `challenge-stale`, `attestation-refused`, `attestation-not-allowed`,
 *   `attestation-unchecked`; where it is used also `attestation-used`, `join-limited`
 */
export async function grantOfAttestation(attestation: Attestation, request: AcceptedRequest, { db, pin, challenges, attestors, newId }: AttestedGrantOptions): Promise<Grant> {
  const { policy, nonce, proof, evidence } = attestation;
  await challenges.check(nonce); // first: it costs nothing, and whoever has no new one costs us nothing more
  const binding = { pin, policy, nonce, keyHash: request.keyHash };
  if (!isSigned(proofOf(binding, evidence), request.publicKey, proof)) throw new Fault('attestation-refused', { reason: 'it is not signed by the key of the request' });
  const { tenant, rule } = await livePolicy(db, policy);
  const attestor = attestors.find(({ kind }) => kind === rule.kind);
  if (attestor === undefined || evidence.kind !== rule.kind) throw new Fault('attestation-refused', { reason: 'the policy is of another kind', policy: rule.kind, given: evidence.kind });
  const attested = await attestor.verify({ evidence, rule, challenge: challengeOf(binding) });
  return { tenant, by: { policy, subject: attested.subject }, use: (tx, newcomer) => useGrant(tx, { tenant, policy, attested, newId }, newcomer) };
}

async function livePolicy(db: Database, id: string): Promise<{ tenant: TenantId; rule: Rule }> {
  if (!isUuid(id)) throw new Fault('join-policy-unknown', { reason: 'it is not an id' });
  const { rows } = await asSystem(db, (tx) => tx.query<PolicyRow>('select tenant, rule from join_policy where id = $1 and removed_at is null', [id]));
  const [row] = rows;
  if (row === undefined) throw new Fault('join-policy-unknown', { policy: id });
  return { tenant: row.tenant, rule: Rule.parse(row.rule) };
}

async function useGrant(tx: TenantTx, { tenant, policy, attested, newId }: Use, newcomer: Newcomer): Promise<Joined> {
  const { keyHash, remoteAddress, now } = newcomer;
  const { labels, networks } = await lockLivePolicy(tx, policy);
  if (!isWithin(remoteAddress, networks)) throw new Fault('attestation-not-allowed', { address: remoteAddress, reason: 'the policy names other networks' });
  const before = await tx.query<{ agent: AgentId; is_same: boolean }>('select agent, key_hash = $2 as is_same from join_admission where policy = $1 and (key_hash = $2 or evidence = $3)', [policy, keyHash, attested.evidence]);
  const known = before.rows.find(({ is_same }) => is_same);
  if (known !== undefined) {
    await readmit(tx, known.agent, newcomer);
    return { agent: known.agent, isNew: false };
  }
  if (before.rows.length > 0) throw new Fault('attestation-used', { policy, subject: attested.subject });
  await limit(tx, policy, attested.subject, now);
  const agent = toAgentId(newId());
  await addAgent(tx, { tenant, agent, labels }, newcomer);
  await tx.query('insert into join_admission (tenant, policy, key_hash, agent, subject, evidence, admitted_at) values ($1, $2, $3, $4, $5, $6, $7)', [
    tenant, policy, keyHash, agent, attested.subject, attested.evidence, now,
  ]);
  return { agent, isNew: true };
}

interface Use {
  readonly tenant: TenantId;
  readonly policy: string;
  readonly attested: Attested;
  readonly newId: () => string;
}

/** Looked at again, since it may have been removed meanwhile; whoever comes under one policy at once follow each other. */
async function lockLivePolicy(tx: TenantTx, policy: string): Promise<{ labels: Labels; networks: readonly string[] }> {
  const { rows } = await tx.query<{ labels: Labels; networks: readonly string[] }>('select labels, networks from join_policy where id = $1 and removed_at is null for update', [policy]);
  const [row] = rows;
  if (row === undefined) throw new Fault('join-policy-unknown', { policy });
  return row;
}

async function limit(tx: TenantTx, policy: string, subject: string, now: Date): Promise<void> {
  const { rows } = await tx.query<{ lately: number }>('select count(*)::int as lately from join_admission where policy = $1 and subject = $2 and admitted_at > $3', [policy, subject, new Date(now.getTime() - 3_600_000)]);
  const { lately = 0 } = rows[0] ?? {};
  if (lately >= mostAnHour) throw new Fault('join-limited', { policy, subject, lately, most: mostAnHour });
}

function isSigned(message: Uint8Array, publicKey: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify('sha256', message, createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' }), signature);
  } catch {
    return false;
  }
}
