import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { Attestation as _dd0c_enroll_v1_Attestation, Attestation__Output as _dd0c_enroll_v1_Attestation__Output } from './dd0c/enroll/v1/Attestation.ts';
import type { AwsIdentity as _dd0c_enroll_v1_AwsIdentity, AwsIdentity__Output as _dd0c_enroll_v1_AwsIdentity__Output } from './dd0c/enroll/v1/AwsIdentity.ts';
import type { ChallengeRequest as _dd0c_enroll_v1_ChallengeRequest, ChallengeRequest__Output as _dd0c_enroll_v1_ChallengeRequest__Output } from './dd0c/enroll/v1/ChallengeRequest.ts';
import type { ChallengeResponse as _dd0c_enroll_v1_ChallengeResponse, ChallengeResponse__Output as _dd0c_enroll_v1_ChallengeResponse__Output } from './dd0c/enroll/v1/ChallengeResponse.ts';
import type { EnrollRequest as _dd0c_enroll_v1_EnrollRequest, EnrollRequest__Output as _dd0c_enroll_v1_EnrollRequest__Output } from './dd0c/enroll/v1/EnrollRequest.ts';
import type { EnrollResponse as _dd0c_enroll_v1_EnrollResponse, EnrollResponse__Output as _dd0c_enroll_v1_EnrollResponse__Output } from './dd0c/enroll/v1/EnrollResponse.ts';
import type { EnrollmentServiceClient as _dd0c_enroll_v1_EnrollmentServiceClient, EnrollmentServiceDefinition as _dd0c_enroll_v1_EnrollmentServiceDefinition } from './dd0c/enroll/v1/EnrollmentService.ts';
import type { KubernetesToken as _dd0c_enroll_v1_KubernetesToken, KubernetesToken__Output as _dd0c_enroll_v1_KubernetesToken__Output } from './dd0c/enroll/v1/KubernetesToken.ts';
import type { RecoverRequest as _dd0c_enroll_v1_RecoverRequest, RecoverRequest__Output as _dd0c_enroll_v1_RecoverRequest__Output } from './dd0c/enroll/v1/RecoverRequest.ts';
import type { RecoverResponse as _dd0c_enroll_v1_RecoverResponse, RecoverResponse__Output as _dd0c_enroll_v1_RecoverResponse__Output } from './dd0c/enroll/v1/RecoverResponse.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  dd0c: {
    enroll: {
      v1: {
        Attestation: MessageTypeDefinition<_dd0c_enroll_v1_Attestation, _dd0c_enroll_v1_Attestation__Output>
        AwsIdentity: MessageTypeDefinition<_dd0c_enroll_v1_AwsIdentity, _dd0c_enroll_v1_AwsIdentity__Output>
        ChallengeRequest: MessageTypeDefinition<_dd0c_enroll_v1_ChallengeRequest, _dd0c_enroll_v1_ChallengeRequest__Output>
        ChallengeResponse: MessageTypeDefinition<_dd0c_enroll_v1_ChallengeResponse, _dd0c_enroll_v1_ChallengeResponse__Output>
        EnrollRequest: MessageTypeDefinition<_dd0c_enroll_v1_EnrollRequest, _dd0c_enroll_v1_EnrollRequest__Output>
        EnrollResponse: MessageTypeDefinition<_dd0c_enroll_v1_EnrollResponse, _dd0c_enroll_v1_EnrollResponse__Output>
        EnrollmentService: SubtypeConstructor<typeof grpc.Client, _dd0c_enroll_v1_EnrollmentServiceClient> & { service: _dd0c_enroll_v1_EnrollmentServiceDefinition }
        KubernetesToken: MessageTypeDefinition<_dd0c_enroll_v1_KubernetesToken, _dd0c_enroll_v1_KubernetesToken__Output>
        RecoverRequest: MessageTypeDefinition<_dd0c_enroll_v1_RecoverRequest, _dd0c_enroll_v1_RecoverRequest__Output>
        RecoverResponse: MessageTypeDefinition<_dd0c_enroll_v1_RecoverResponse, _dd0c_enroll_v1_RecoverResponse__Output>
      }
    }
  }
}

