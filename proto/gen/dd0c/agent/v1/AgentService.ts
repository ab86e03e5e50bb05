// From proto/schema/dd0c/agent/v1/agent_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AgentFrame as _dd0c_agent_v1_AgentFrame, AgentFrame__Output as _dd0c_agent_v1_AgentFrame__Output } from '../../../dd0c/agent/v1/AgentFrame.ts';
import type { ControlFrame as _dd0c_agent_v1_ControlFrame, ControlFrame__Output as _dd0c_agent_v1_ControlFrame__Output } from '../../../dd0c/agent/v1/ControlFrame.ts';
import type { RenewRequest as _dd0c_agent_v1_RenewRequest, RenewRequest__Output as _dd0c_agent_v1_RenewRequest__Output } from '../../../dd0c/agent/v1/RenewRequest.ts';
import type { RenewResponse as _dd0c_agent_v1_RenewResponse, RenewResponse__Output as _dd0c_agent_v1_RenewResponse__Output } from '../../../dd0c/agent/v1/RenewResponse.ts';

export interface AgentServiceClient extends grpc.Client {
  Connect(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_dd0c_agent_v1_AgentFrame, _dd0c_agent_v1_ControlFrame__Output>;
  Connect(options?: grpc.CallOptions): grpc.ClientDuplexStream<_dd0c_agent_v1_AgentFrame, _dd0c_agent_v1_ControlFrame__Output>;
  connect(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_dd0c_agent_v1_AgentFrame, _dd0c_agent_v1_ControlFrame__Output>;
  connect(options?: grpc.CallOptions): grpc.ClientDuplexStream<_dd0c_agent_v1_AgentFrame, _dd0c_agent_v1_ControlFrame__Output>;
  
  Renew(argument: _dd0c_agent_v1_RenewRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_agent_v1_RenewResponse__Output>): grpc.ClientUnaryCall;
  Renew(argument: _dd0c_agent_v1_RenewRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_dd0c_agent_v1_RenewResponse__Output>): grpc.ClientUnaryCall;
  Renew(argument: _dd0c_agent_v1_RenewRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_agent_v1_RenewResponse__Output>): grpc.ClientUnaryCall;
  Renew(argument: _dd0c_agent_v1_RenewRequest, callback: grpc.requestCallback<_dd0c_agent_v1_RenewResponse__Output>): grpc.ClientUnaryCall;
  renew(argument: _dd0c_agent_v1_RenewRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_agent_v1_RenewResponse__Output>): grpc.ClientUnaryCall;
  renew(argument: _dd0c_agent_v1_RenewRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_dd0c_agent_v1_RenewResponse__Output>): grpc.ClientUnaryCall;
  renew(argument: _dd0c_agent_v1_RenewRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_dd0c_agent_v1_RenewResponse__Output>): grpc.ClientUnaryCall;
  renew(argument: _dd0c_agent_v1_RenewRequest, callback: grpc.requestCallback<_dd0c_agent_v1_RenewResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface AgentServiceHandlers extends grpc.UntypedServiceImplementation {
  Connect: grpc.handleBidiStreamingCall<_dd0c_agent_v1_AgentFrame__Output, _dd0c_agent_v1_ControlFrame>;
  
  Renew: grpc.handleUnaryCall<_dd0c_agent_v1_RenewRequest__Output, _dd0c_agent_v1_RenewResponse>;
  
}

export interface AgentServiceDefinition extends grpc.ServiceDefinition {
  Connect: MethodDefinition<_dd0c_agent_v1_AgentFrame, _dd0c_agent_v1_ControlFrame, _dd0c_agent_v1_AgentFrame__Output, _dd0c_agent_v1_ControlFrame__Output>
  Renew: MethodDefinition<_dd0c_agent_v1_RenewRequest, _dd0c_agent_v1_RenewResponse, _dd0c_agent_v1_RenewRequest__Output, _dd0c_agent_v1_RenewResponse__Output>
}
