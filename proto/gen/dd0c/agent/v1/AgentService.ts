// From proto/schema/dd0c/agent/v1/agent_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AgentFrame as _dd0c_agent_v1_AgentFrame, AgentFrame__Output as _dd0c_agent_v1_AgentFrame__Output } from '../../../dd0c/agent/v1/AgentFrame.ts';
import type { ControlFrame as _dd0c_agent_v1_ControlFrame, ControlFrame__Output as _dd0c_agent_v1_ControlFrame__Output } from '../../../dd0c/agent/v1/ControlFrame.ts';

export interface AgentServiceClient extends grpc.Client {
  Connect(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_dd0c_agent_v1_AgentFrame, _dd0c_agent_v1_ControlFrame__Output>;
  Connect(options?: grpc.CallOptions): grpc.ClientDuplexStream<_dd0c_agent_v1_AgentFrame, _dd0c_agent_v1_ControlFrame__Output>;
  connect(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_dd0c_agent_v1_AgentFrame, _dd0c_agent_v1_ControlFrame__Output>;
  connect(options?: grpc.CallOptions): grpc.ClientDuplexStream<_dd0c_agent_v1_AgentFrame, _dd0c_agent_v1_ControlFrame__Output>;
  
}

export interface AgentServiceHandlers extends grpc.UntypedServiceImplementation {
  Connect: grpc.handleBidiStreamingCall<_dd0c_agent_v1_AgentFrame__Output, _dd0c_agent_v1_ControlFrame>;
  
}

export interface AgentServiceDefinition extends grpc.ServiceDefinition {
  Connect: MethodDefinition<_dd0c_agent_v1_AgentFrame, _dd0c_agent_v1_ControlFrame, _dd0c_agent_v1_AgentFrame__Output, _dd0c_agent_v1_ControlFrame__Output>
}
