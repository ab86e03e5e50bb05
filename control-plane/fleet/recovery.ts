import { createPublicKey, verify } from 'node:crypto';
import { Fault } from '#proto/domain/fault.ts';
import type { AgentId } from '#proto/domain/identity.ts';
import { type RecoveryClaim, type RecoveryPolicy, recoveryStatement } from '#proto/domain/recovery.ts';
import type { Database } from '../store/database.ts';
import { publish } from '../store/outbox.ts';
import { asTenant, type TenantTx } from '../store/tenant-tx.ts';
import { admit } from './agents.ts';
import { recordIssued } from './certificates.ts';
import type { Generations } from './generations.ts';
import type { Issued, Issuer } from './issuer.ts';
import type { Challenges } from './joining/challenges.ts';
import { askedOrDecided, noteRecovered } from './recovery-requests.ts';
import { parsePolicy } from './recovery-policy.ts';
import { nextGeneration, type Renewed } from './renewal.ts';

/** An agent that asks for a certificate after its last one ran out. */
export interface RecoveryAsked extends RecoveryClaim {
  /** By the recovery key, over `recoveryStatement`. */
  readonly signature: Uint8Array;
  readonly remoteAddress: string;
}

export interface Recovery {
  /**
   * Issues a successor of a certificate that has run out, where the policy lets it. An agent of whom a newer certificate has
   * been used is a copy: it is locked, as at a renewal.
   * @throws Fault `challenge-stale`, `csr-invalid`, `recovery-refused`, `recovery-forbidden`, `recovery-awaits-approval`, `recovery-not-needed`,
   *   `recovery-limited`, `agent-locked`, `agent-removed`, `agent-cloned`, `certificate-revoked`, `renewal-limited`
   */
  recover(asked: RecoveryAsked): Promise<Renewed>;
}

export interface RecoveryOptions {
  readonly db: Database;
  readonly issuer: Issuer;
  readonly challenges: Pick<Challenges, 'check'>;
  readonly generations: Generations;
  /** Ends the agent's stream, if there is one, with this reason. Called after the commit. */
  readonly cut: (agent: AgentId, reason: Fault) => void;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly newId: () => string;
}

export function createRecovery({ db, issuer, challenges, generations, cut, clock, newId }: RecoveryOptions): Recovery {
  return { recover };

  async function recover(asked: RecoveryAsked): Promise<Renewed> {
    const { tenant, agent, serial, csr, nonce, remoteAddress } = asked;
    await challenges.check(nonce);
    const request = await issuer.acceptRequest(csr); // outside the transaction: others wait for that
    const now = new Date(clock());
    const answer = await asTenant(db, tenant, async (tx): Promise<Issued | Fault> => {
      await verifySigned(tx, asked); // first: whoever does not hold the key learns nothing, and moves nothing
      await admit(tx, agent);
      const endedAt = await endOf(tx, agent, serial);
      const copied = await generations.use(tx, { agent, serial, remoteAddress }, now);
      if (copied !== null) return copied;
      if (endedAt.getTime() > now.getTime()) throw new Fault('recovery-not-needed', { serial, notAfter: endedAt.toISOString() });
      const policy = await policyOf(tx, agent);
      if (policy.kind === 'never') throw new Fault('recovery-forbidden', { reason: 'the policy says never' });
      const isLet = policy.kind === 'within' && now.getTime() - endedAt.getTime() <= policy.seconds * 1_000;
      const ask = await askedOrDecided(tx, { agent, keyHash: request.keyHash, serial, remoteAddress, now, newId });
      if (!isLet && ask.refusal !== null) return ask.refusal;
      const generation = await nextGeneration(tx, agent, now);
      const issued = await request.issueFor(tenant, agent);
      await recordIssued(tx, { tenant, agent, generation, issued, now });
      await noteRecovered(tx, ask.id, now);
      const by = isLet ? 'policy' : ask.decidedBy;
      await publish(tx, { topic: 'fleet.agent-recovered', body: { agent, request: ask.id, serial: issued.serial, before: serial, generation, address: remoteAddress, by }, createdAt: now });
      return issued;
    });
    if (!(answer instanceof Fault)) return { serial: answer.serial, certificateChain: answer.chain, trust: answer.trust };
    if (answer.code === 'agent-cloned') cut(agent, new Fault('agent-locked'));
    throw answer;
  }
}

/** Holds the agent's row. One that does not exist here, has no key, or did not sign is one fault. */
async function verifySigned(tx: TenantTx, asked: RecoveryAsked): Promise<void> {
  const { rows } = await tx.query<{ recovery_key: Uint8Array | null }>('select recovery_key from agent where id = $1 for update', [asked.agent]);
  const key = rows[0]?.recovery_key ?? null;
  if (key === null || !isSigned(recoveryStatement(asked), key, asked.signature)) throw new Fault('recovery-refused', { reason: 'it is not signed by the recovery key of such an agent' });
}

async function endOf(tx: TenantTx, agent: AgentId, serial: string): Promise<Date> {
  const { rows } = await tx.query<{ not_after: Date }>('select not_after from certificate where agent = $1 and serial = $2', [agent, serial]);
  const [row] = rows;
  if (row === undefined) throw new Fault('recovery-refused', { reason: 'the certificate is not one of this agent' });
  return row.not_after;
}

async function policyOf(tx: TenantTx, agent: AgentId): Promise<RecoveryPolicy> {
  const { rows } = await tx.query<{ policy: string }>('select coalesce(a.recovery_policy, t.recovery_policy) as policy from agent a join tenant t on t.id = a.tenant where a.id = $1', [agent]);
  return parsePolicy(rows[0]?.policy ?? 'never');
}

function isSigned(message: Uint8Array, key: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify('sha256', message, createPublicKey({ key: Buffer.from(key), format: 'der', type: 'spki' }), signature);
  } catch {
    return false;
  }
}
