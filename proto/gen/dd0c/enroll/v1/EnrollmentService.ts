// From proto/schema/dd0c/enroll/v1/enrollment_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ChallengeRequest as _dd0c_enroll_v1_ChallengeRequest, ChallengeRequest__Output as _dd0c_enroll_v1_ChallengeRequest__Output } from '../../../dd0c/enroll/v1/ChallengeRequest.ts';
import type { ChallengeResponse as _dd0c_enroll_v1_ChallengeResponse, ChallengeResponse__Output as _dd0c_enroll_v1_ChallengeResponse__Output } from '../../../dd0c/enroll/v1/ChallengeResponse.ts';
import type { EnrollRequest as _dd0c_enroll_v1_EnrollRequest, EnrollRequest__Output as _dd0c_enroll_v1_EnrollRequest__Output } from '../../../dd0c/enroll/v1/EnrollRequest.ts';
import type { EnrollResponse as _dd0c_enroll_v1_EnrollResponse, EnrollResponse__Output as _dd0c_enroll_v1_EnrollResponse__Output } from '../../../dd0c/enroll/v1/EnrollResponse.ts';
import type { RecoverRequest as _dd0c_enroll_v1_RecoverRequest, RecoverRequest__Output as _dd0c_enroll_v1_RecoverRequest__Output } from '../../../dd0c/enroll/v1/RecoverRequest.ts';
import type { RecoverResponse as _dd0c_enroll_v1_RecoverResponse, RecoverResponse__Output as _dd0c_enroll_v1_RecoverResponse__Output } from '../../../dd0c/enroll/v1/RecoverResponse.ts';

export interface EnrollmentServiceClient extends grpc.Client {
  Challenge(argument: _dd0c_enroll_v1_ChallengeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_enroll_v1_ChallengeResponse__Output>): grpc.ClientUnaryCall;
  Challenge(argument: _dd0c_enroll_v1_ChallengeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_dd0c_enroll_v1_ChallengeResponse__Output>): grpc.ClientUnaryCall;
  Challenge(argument: _dd0c_enroll_v1_ChallengeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_enroll_v1_ChallengeResponse__Output>): grpc.ClientUnaryCall;
  Challenge(argument: _dd0c_enroll_v1_ChallengeRequest, callback: grpc.requestCallback<_dd0c_enroll_v1_ChallengeResponse__Output>): grpc.ClientUnaryCall;
  challenge(argument: _dd0c_enroll_v1_ChallengeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_enroll_v1_ChallengeResponse__Output>): grpc.ClientUnaryCall;
  challenge(argument: _dd0c_enroll_v1_ChallengeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_dd0c_enroll_v1_ChallengeResponse__Output>): grpc.ClientUnaryCall;
  challenge(argument: _dd0c_enroll_v1_ChallengeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_enroll_v1_ChallengeResponse__Output>): grpc.ClientUnaryCall;
  challenge(argument: _dd0c_enroll_v1_ChallengeRequest, callback: grpc.requestCallback<_dd0c_enroll_v1_ChallengeResponse__Output>): grpc.ClientUnaryCall;
  
  Enroll(argument: _dd0c_enroll_v1_EnrollRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_enroll_v1_EnrollResponse__Output>): grpc.ClientUnaryCall;
  Enroll(argument: _dd0c_enroll_v1_EnrollRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_dd0c_enroll_v1_EnrollResponse__Output>): grpc.ClientUnaryCall;
  Enroll(argument: _dd0c_enroll_v1_EnrollRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_enroll_v1_EnrollResponse__Output>): grpc.ClientUnaryCall;
  Enroll(argument: _dd0c_enroll_v1_EnrollRequest, callback: grpc.requestCallback<_dd0c_enroll_v1_EnrollResponse__Output>): grpc.ClientUnaryCall;
  enroll(argument: _dd0c_enroll_v1_EnrollRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_enroll_v1_EnrollResponse__Output>): grpc.ClientUnaryCall;
  enroll(argument: _dd0c_enroll_v1_EnrollRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_dd0c_enroll_v1_EnrollResponse__Output>): grpc.ClientUnaryCall;
  enroll(argument: _dd0c_enroll_v1_EnrollRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_enroll_v1_EnrollResponse__Output>): grpc.ClientUnaryCall;
  enroll(argument: _dd0c_enroll_v1_EnrollRequest, callback: grpc.requestCallback<_dd0c_enroll_v1_EnrollResponse__Output>): grpc.ClientUnaryCall;
  
  Recover(argument: _dd0c_enroll_v1_RecoverRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_enroll_v1_RecoverResponse__Output>): grpc.ClientUnaryCall;
  Recover(argument: _dd0c_enroll_v1_RecoverRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_dd0c_enroll_v1_RecoverResponse__Output>): grpc.ClientUnaryCall;
  Recover(argument: _dd0c_enroll_v1_RecoverRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_enroll_v1_RecoverResponse__Output>): grpc.ClientUnaryCall;
  Recover(argument: _dd0c_enroll_v1_RecoverRequest, callback: grpc.requestCallback<_dd0c_enroll_v1_RecoverResponse__Output>): grpc.ClientUnaryCall;
  recover(argument: _dd0c_enroll_v1_RecoverRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_enroll_v1_RecoverResponse__Output>): grpc.ClientUnaryCall;
  recover(argument: _dd0c_enroll_v1_RecoverRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_dd0c_enroll_v1_RecoverResponse__Output>): grpc.ClientUnaryCall;
  recover(argument: _dd0c_enroll_v1_RecoverRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_enroll_v1_RecoverResponse__Output>): grpc.ClientUnaryCall;
  recover(argument: _dd0c_enroll_v1_RecoverRequest, callback: grpc.requestCallback<_dd0c_enroll_v1_RecoverResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface EnrollmentServiceHandlers extends grpc.UntypedServiceImplementation {
  Challenge: grpc.handleUnaryCall<_dd0c_enroll_v1_ChallengeRequest__Output, _dd0c_enroll_v1_ChallengeResponse>;
  
  Enroll: grpc.handleUnaryCall<_dd0c_enroll_v1_EnrollRequest__Output, _dd0c_enroll_v1_EnrollResponse>;
  
  Recover: grpc.handleUnaryCall<_dd0c_enroll_v1_RecoverRequest__Output, _dd0c_enroll_v1_RecoverResponse>;
  
}

export interface EnrollmentServiceDefinition extends grpc.ServiceDefinition {
  Challenge: MethodDefinition<_dd0c_enroll_v1_ChallengeRequest, _dd0c_enroll_v1_ChallengeResponse, _dd0c_enroll_v1_ChallengeRequest__Output, _dd0c_enroll_v1_ChallengeResponse__Output>
  Enroll: MethodDefinition<_dd0c_enroll_v1_EnrollRequest, _dd0c_enroll_v1_EnrollResponse, _dd0c_enroll_v1_EnrollRequest__Output, _dd0c_enroll_v1_EnrollResponse__Output>
  Recover: MethodDefinition<_dd0c_enroll_v1_RecoverRequest, _dd0c_enroll_v1_RecoverResponse, _dd0c_enroll_v1_RecoverRequest__Output, _dd0c_enroll_v1_RecoverResponse__Output>
}
