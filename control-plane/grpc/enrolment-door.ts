import { type sendUnaryData, type ServerUnaryCall, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Logger } from 'pino';
import { z } from 'zod';
import { faultToStatus } from '#proto/codec/fault-status.ts';
import { EnrollmentService } from '#proto/codec/services.ts';
import { asFault, Fault } from '#proto/domain/fault.ts';
import type { Enrolment } from '../fleet/enrolment.ts';
import { addressOf } from '../fleet/network.ts';
import { createGuesses } from './guesses.ts';

export interface EnrolmentDoorOptions {
  readonly enrolment: Enrolment;
  /** host:port of the stream listener as agents dial it; known once it is open. */
  readonly streamAddress: () => string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/** What a host calls itself is shown to people: no control characters, which could also fool a terminal or a log. */
const shown = (maxLength: number) => z.string().transform((text) => text.replaceAll(/\p{C}/gu, '').trim().slice(0, maxLength) || 'unnamed');

const Request = z.object({
  token: z.string().max(512),
  csr: z.instanceof(Uint8Array),
  hostname: shown(255),
  agentVersion: shown(64),
});

const toAnswer = (enrolled: Awaited<ReturnType<Enrolment['enrol']>>, streamAddress: string) => ({
  certificateChain: enrolled.certificateChain.map((der) => Buffer.from(der)),
  trustBundle: enrolled.trust.roots.map((der) => Buffer.from(der)),
  tenantId: enrolled.tenant,
  agentId: enrolled.agent,
  streamAddress,
});

/** Serves `EnrollmentService/Enroll`: each call is one line in the log, whoever made it. */
export function createEnrolmentDoor({ enrolment, streamAddress, clock, log }: EnrolmentDoorOptions): { definition: ServiceDefinition; implementation: UntypedServiceImplementation } {
  const guesses = createGuesses(clock);
  return { definition: EnrollmentService.service, implementation: { Enroll } };

  function Enroll(call: ServerUnaryCall<unknown, unknown>, answer: sendUnaryData<unknown>): void {
    enroll(call).then(
      (given) => answer(null, given),
      (error: unknown) => {
        const fault = asFault(error);
        const line = { remote: call.getPeer(), fault: fault.code, reason: fault.message };
        if (fault.code === 'broken') log.error({ ...line, err: fault.cause }, 'enrolment failed');
        else log.warn(line, 'enrolment refused');
        answer(faultToStatus(fault));
      },
    );
  }

  async function enroll(call: ServerUnaryCall<unknown, unknown>) {
    const address = addressOf(call.getPeer());
    const waitMs = guesses.waitMs(address);
    if (waitMs > 0) throw new Fault('guesses-locked-out', { address, waitSeconds: Math.ceil(waitMs / 1_000) });
    const request = Request.safeParse(call.request);
    if (!request.success) throw new Fault('request-invalid', { field: request.error.issues[0]?.path.join('.') });
    const { agentVersion: version, ...applicant } = request.data;
    const enrolled = await enrolment.enrol({ ...applicant, version, remoteAddress: call.getPeer() }).catch((error: unknown) => {
      if (error instanceof Fault && error.code === 'token-invalid' && guesses.note(address)) log.warn({ remote: address }, 'ADDRESS SHUT OUT AFTER TOO MANY WRONG JOIN TOKENS');
      throw error;
    });
    const { tenant, agent, serial, isNew } = enrolled;
    log.info({ remote: call.getPeer(), tenant, agent, serial, hostname: applicant.hostname, again: !isNew }, 'agent enrolled');
    return toAnswer(enrolled, streamAddress());
  }
}
