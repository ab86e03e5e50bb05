import { type handleUnaryCall, type ServerUnaryCall, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Logger } from 'pino';
import { z } from 'zod';
import { faultToStatus } from '#proto/codec/fault-status.ts';
import { EnrollmentService } from '#proto/codec/services.ts';
import { asFault, Fault } from '#proto/domain/fault.ts';
import type { FaultCode } from '#proto/domain/faults.ts';
import { isUuid, toAgentId, toTenantId } from '#proto/domain/identity.ts';
import { createGuesses } from '../admission/guesses.ts';
import { createRateLimit } from '../admission/rate-limit.ts';
import type { Applicant, Enrolment } from '../fleet/enrolment.ts';
import type { Recovery } from '../fleet/recovery.ts';
import type { Challenges } from '../fleet/joining/challenges.ts';
import { addressOf } from '../fleet/network.ts';
import { WireAttestation } from './attestation.ts';

export interface EnrolmentDoorOptions {
  readonly enrolment: Enrolment;
  readonly challenges: Pick<Challenges, 'issue'>;
  readonly recovery: Recovery;
  /** host:port of the stream listener as agents dial it; known once it is open. */
  readonly streamAddress: () => string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/** What a host calls itself is shown to people: no control characters, which could also fool a terminal or a log. */
const shown = (maxLength: number) => z.string().transform((text) => text.replaceAll(/\p{C}/gu, '').trim().slice(0, maxLength) || 'unnamed');

const EnrollRequest = z.object({
  token: z.string().max(512),
  csr: z.instanceof(Uint8Array),
  hostname: shown(255),
  agentVersion: shown(64),
  attestation: WireAttestation.nullish(),
  recoveryKey: z.instanceof(Uint8Array).refine(({ length }) => length <= 256, 'too long').optional(),
});

const RecoverRequest = z.object({
  tenantId: z.string().refine(isUuid).transform(toTenantId),
  agentId: z.string().refine(isUuid).transform(toAgentId),
  serial: z.string().regex(/^[0-9a-f]{1,64}$/),
  csr: z.instanceof(Uint8Array),
  nonce: z.instanceof(Uint8Array).refine(({ length }) => length <= 128),
  signature: z.instanceof(Uint8Array).refine(({ length }) => length <= 128),
});

/** Whoever is refused for these may be guessing, or trying somebody else's. */
const guessed: readonly FaultCode[] = ['token-invalid', 'join-policy-unknown', 'attestation-refused', 'attestation-not-allowed', 'recovery-refused'];

/** Attestations a second that one address may show: each makes this server ask somebody else. */
const attestationsPerSecond = 20;

/** Serves `EnrollmentService`: each call that issues, or is refused, is one line in the log, whoever made it. */
export function createEnrolmentDoor({ enrolment, challenges, recovery, streamAddress, clock, log }: EnrolmentDoorOptions): { definition: ServiceDefinition; implementation: UntypedServiceImplementation } {
  const guesses = createGuesses(clock);
  const attest = createRateLimit({ perSecond: attestationsPerSecond, now: clock });
  return { definition: EnrollmentService.service, implementation: { Enroll: serve('enrolment', enroll), Challenge: serve('challenge', challenge), Recover: serve('recovery', recover) } };

  /** Answers what the work comes to, or why not; nothing that it throws gets past. */
  function serve(what: string, work: (call: ServerUnaryCall<unknown, unknown>, address: string) => Promise<object>): handleUnaryCall<unknown, unknown> {
    return (call, answer) => {
      const address = addressOf(call.getPeer());
      mayTry(address)
        .then(() => work(call, address))
        .then(
          (given) => answer(null, given),
          (error: unknown) => {
            const fault = asFault(error);
            const line = { remote: call.getPeer(), fault: fault.code, reason: fault.message };
            if (fault.code === 'broken') log.error({ ...line, err: fault.cause }, `${what} failed`);
            else log.warn(line, `${what} refused`);
            if (guessed.includes(fault.code) && guesses.note(address)) log.warn({ remote: address }, 'ADDRESS SHUT OUT AFTER TOO MANY WRONG JOIN TOKENS OR ATTESTATIONS');
            answer(faultToStatus(fault));
          },
        );
    };
  }

  async function mayTry(address: string): Promise<void> {
    const waitMs = guesses.waitMs(address);
    if (waitMs > 0) throw new Fault('guesses-locked-out', { address, waitSeconds: Math.ceil(waitMs / 1_000) });
  }

  async function challenge(): Promise<object> {
    return { nonce: Buffer.from(await challenges.issue()) };
  }

  async function enroll(call: ServerUnaryCall<unknown, unknown>, address: string): Promise<object> {
    const request = EnrollRequest.safeParse(call.request);
    if (!request.success) throw new Fault('request-invalid', { field: request.error.issues[0]?.path.join('.') });
    const { agentVersion: version, token, attestation, recoveryKey, ...about } = request.data;
    const proof: Applicant['proof'] = attestation ? { kind: 'attestation', attestation } : { kind: 'token', token };
    if (proof.kind === 'attestation' && token !== '') throw new Fault('request-invalid', { field: 'attestation', reason: 'a token or an attestation, not both' });
    if (proof.kind === 'attestation') limitAttestations(address);
    const enrolled = await enrolment.enrol({ ...about, proof, version, recoveryKey: recoveryKey === undefined || recoveryKey.length === 0 ? null : recoveryKey, remoteAddress: call.getPeer() });
    const { tenant, agent, serial, by, isNew } = enrolled;
    log.info({ remote: call.getPeer(), tenant, agent, serial, hostname: about.hostname, ...by, again: !isNew }, 'agent enrolled');
    return toAnswer(enrolled, streamAddress());
  }

  async function recover(call: ServerUnaryCall<unknown, unknown>): Promise<object> {
    const request = RecoverRequest.safeParse(call.request);
    if (!request.success) throw new Fault('request-invalid', { field: request.error.issues[0]?.path.join('.') });
    const { tenantId: tenant, agentId: agent, ...claim } = request.data;
    const { serial, certificateChain, trust } = await recovery.recover({ ...claim, tenant, agent, remoteAddress: call.getPeer() });
    log.warn({ remote: call.getPeer(), tenant, agent, serial, before: claim.serial }, 'AGENT RECOVERED AFTER ITS CERTIFICATE RAN OUT');
    return { certificateChain: toBuffers(certificateChain), trustBundle: toBuffers(trust.roots), vouchers: toBuffers(trust.vouchers) };
  }

  function limitAttestations(address: string): void {
    const waitMs = attest(address);
    if (waitMs > 0) throw new Fault('join-limited', { address, retryAfterMs: waitMs });
  }
}

function toAnswer(enrolled: Awaited<ReturnType<Enrolment['enrol']>>, streamAddress: string): object {
  return {
    certificateChain: toBuffers(enrolled.certificateChain),
    trustBundle: toBuffers(enrolled.trust.roots),
    tenantId: enrolled.tenant,
    agentId: enrolled.agent,
    streamAddress,
  };
}

function toBuffers(ders: readonly Uint8Array[]): Buffer[] {
  return ders.map((der) => Buffer.from(der));
}
