import { createPublicKey } from 'node:crypto';
import type { Attestation } from '#proto/domain/attestation.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import type { Database } from '../store/database.ts';
import { publish } from '../store/outbox.ts';
import { asTenant } from '../store/tenant-tx.ts';
import { recordIssued } from './certificates.ts';
import type { Grant } from './grant.ts';
import type { AcceptedRequest, Issuer, Trust } from './issuer.ts';
import { grantOfAttestation } from './joining/attested-grant.ts';
import type { Attestor } from './joining/attestor.ts';
import type { Challenges } from './joining/challenges.ts';
import { grantOfToken } from './token-grant.ts';

/** A host that wants to be an agent. */
export interface Applicant {
  /** A join token, or what vouches for the host in its place. */
  readonly proof: { readonly kind: 'token'; readonly token: string } | { readonly kind: 'attestation'; readonly attestation: Attestation };
  /** PKCS #10 in DER. */
  readonly csr: Uint8Array;
  /** SubjectPublicKeyInfo in DER of the key for recovery, or null. */
  readonly recoveryKey: Uint8Array | null;
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
  /** By which token, or policy and identity. */
  readonly by: Grant['by'];
  /** False where the same key came again after a lost answer. */
  readonly isNew: boolean;
}

export interface Enrolment {
  /**
   * Trades a right to join for a certificate. The right is used on the key of the request: the same key may come again,
   * as long as the right lasts, and is the same agent.
   * @throws Fault `token-…`, `join-policy-unknown`, `challenge-stale`, `attestation-…`, `join-limited`, `csr-invalid`, `agent-locked`, `agent-removed`
   */
  enrol(applicant: Applicant): Promise<Enrolled>;
}

export interface EnrolmentOptions {
  readonly db: Database;
  readonly issuer: Issuer;
  readonly challenges: Challenges;
  /** The kinds of evidence that are known; none lets nobody join without a token. */
  readonly attestors: readonly Attestor[];
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly newId: () => string;
}

export function createEnrolment({ db, issuer, challenges, attestors, clock, newId }: EnrolmentOptions): Enrolment {
  return { enrol };

  async function enrol(applicant: Applicant): Promise<Enrolled> {
    const { proof, csr, recoveryKey, hostname, version, remoteAddress } = applicant;
    const { grant, request } = await judge(proof, csr); // outside the transaction: others wait for that
    if (recoveryKey !== null && !isP256(recoveryKey)) throw new Fault('csr-invalid', { reason: 'the recovery key is not P-256' });
    const { tenant, by } = grant;
    const now = new Date(clock());
    return await asTenant(db, tenant, async (tx) => {
      const { agent, isNew } = await grant.use(tx, { keyHash: request.keyHash, recoveryKey, hostname, version, remoteAddress, now });
      const { chain, ...issued } = await request.issueFor(tenant, agent);
      await recordIssued(tx, { tenant, agent, generation: 1, issued, now });
      await publish(tx, { topic: 'fleet.agent-enrolled', body: { agent, ...by, serial: issued.serial, again: !isNew }, createdAt: now });
      return { tenant, agent, serial: issued.serial, certificateChain: chain, trust: issued.trust, by, isNew };
    });
  }

  async function judge(proof: Applicant['proof'], csr: Uint8Array): Promise<{ grant: Grant; request: AcceptedRequest }> {
    if (proof.kind === 'token') {
      const grant = await grantOfToken(proof.token, { db, pin: issuer.pin, newId });
      return { grant, request: await issuer.acceptRequest(csr) };
    }
    const request = await issuer.acceptRequest(csr); // first, since what vouches is bound to its key
    return { grant: await grantOfAttestation(proof.attestation, request, { db, pin: issuer.pin, challenges, attestors, newId }), request };
  }
}

function isP256(spki: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}
