// From proto/schema/dd0c/enroll/v1/enrollment_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { EnrollRequest as _dd0c_enroll_v1_EnrollRequest, EnrollRequest__Output as _dd0c_enroll_v1_EnrollRequest__Output } from '../../../dd0c/enroll/v1/EnrollRequest.ts';
import type { EnrollResponse as _dd0c_enroll_v1_EnrollResponse, EnrollResponse__Output as _dd0c_enroll_v1_EnrollResponse__Output } from '../../../dd0c/enroll/v1/EnrollResponse.ts';

export interface EnrollmentServiceClient extends grpc.Client {
  Enroll(argument: _dd0c_enroll_v1_EnrollRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_enroll_v1_EnrollResponse__Output>): grpc.ClientUnaryCall;
  Enroll(argument: _dd0c_enroll_v1_EnrollRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_dd0c_enroll_v1_EnrollResponse__Output>): grpc.ClientUnaryCall;
  Enroll(argument: _dd0c_enroll_v1_EnrollRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_enroll_v1_EnrollResponse__Output>): grpc.ClientUnaryCall;
  Enroll(argument: _dd0c_enroll_v1_EnrollRequest, callback: grpc.requestCallback<_dd0c_enroll_v1_EnrollResponse__Output>): grpc.ClientUnaryCall;
  enroll(argument: _dd0c_enroll_v1_EnrollRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_enroll_v1_EnrollResponse__Output>): grpc.ClientUnaryCall;
  enroll(argument: _dd0c_enroll_v1_EnrollRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_dd0c_enroll_v1_EnrollResponse__Output>): grpc.ClientUnaryCall;
  enroll(argument: _dd0c_enroll_v1_EnrollRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_enroll_v1_EnrollResponse__Output>): grpc.ClientUnaryCall;
  enroll(argument: _dd0c_enroll_v1_EnrollRequest, callback: grpc.requestCallback<_dd0c_enroll_v1_EnrollResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface EnrollmentServiceHandlers extends grpc.UntypedServiceImplementation {
  Enroll: grpc.handleUnaryCall<_dd0c_enroll_v1_EnrollRequest__Output, _dd0c_enroll_v1_EnrollResponse>;
  
}

export interface EnrollmentServiceDefinition extends grpc.ServiceDefinition {
  Enroll: MethodDefinition<_dd0c_enroll_v1_EnrollRequest, _dd0c_enroll_v1_EnrollResponse, _dd0c_enroll_v1_EnrollRequest__Output, _dd0c_enroll_v1_EnrollResponse__Output>
}
