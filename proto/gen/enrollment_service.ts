import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { EnrollRequest as _dd0c_enroll_v1_EnrollRequest, EnrollRequest__Output as _dd0c_enroll_v1_EnrollRequest__Output } from './dd0c/enroll/v1/EnrollRequest.ts';
import type { EnrollResponse as _dd0c_enroll_v1_EnrollResponse, EnrollResponse__Output as _dd0c_enroll_v1_EnrollResponse__Output } from './dd0c/enroll/v1/EnrollResponse.ts';
import type { EnrollmentServiceClient as _dd0c_enroll_v1_EnrollmentServiceClient, EnrollmentServiceDefinition as _dd0c_enroll_v1_EnrollmentServiceDefinition } from './dd0c/enroll/v1/EnrollmentService.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  dd0c: {
    enroll: {
      v1: {
        EnrollRequest: MessageTypeDefinition<_dd0c_enroll_v1_EnrollRequest, _dd0c_enroll_v1_EnrollRequest__Output>
        EnrollResponse: MessageTypeDefinition<_dd0c_enroll_v1_EnrollResponse, _dd0c_enroll_v1_EnrollResponse__Output>
        EnrollmentService: SubtypeConstructor<typeof grpc.Client, _dd0c_enroll_v1_EnrollmentServiceClient> & { service: _dd0c_enroll_v1_EnrollmentServiceDefinition }
      }
    }
  }
}

