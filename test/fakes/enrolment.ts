import { status } from '@grpc/grpc-js';
import { EnrollmentService } from '#proto/codec/services.ts';

/** An enrolment door that lets nobody in, for tests of the other one. */
export const closedEnrolment = {
  definition: EnrollmentService.service,
  implementation: {
    Enroll: (_call: unknown, answer: (error: { code: status; details: string }) => void) => answer({ code: status.UNIMPLEMENTED, details: 'not here' }),
  },
};
