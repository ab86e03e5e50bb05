import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { Ack as _dd0c_agent_v1_Ack, Ack__Output as _dd0c_agent_v1_Ack__Output } from './dd0c/agent/v1/Ack.ts';
import type { AgentFrame as _dd0c_agent_v1_AgentFrame, AgentFrame__Output as _dd0c_agent_v1_AgentFrame__Output } from './dd0c/agent/v1/AgentFrame.ts';
import type { AgentServiceClient as _dd0c_agent_v1_AgentServiceClient, AgentServiceDefinition as _dd0c_agent_v1_AgentServiceDefinition } from './dd0c/agent/v1/AgentService.ts';
import type { Approval as _dd0c_agent_v1_Approval, Approval__Output as _dd0c_agent_v1_Approval__Output } from './dd0c/agent/v1/Approval.ts';
import type { Cancel as _dd0c_agent_v1_Cancel, Cancel__Output as _dd0c_agent_v1_Cancel__Output } from './dd0c/agent/v1/Cancel.ts';
import type { ControlFrame as _dd0c_agent_v1_ControlFrame, ControlFrame__Output as _dd0c_agent_v1_ControlFrame__Output } from './dd0c/agent/v1/ControlFrame.ts';
import type { Drain as _dd0c_agent_v1_Drain, Drain__Output as _dd0c_agent_v1_Drain__Output } from './dd0c/agent/v1/Drain.ts';
import type { Fact as _dd0c_agent_v1_Fact, Fact__Output as _dd0c_agent_v1_Fact__Output } from './dd0c/agent/v1/Fact.ts';
import type { Goodbye as _dd0c_agent_v1_Goodbye, Goodbye__Output as _dd0c_agent_v1_Goodbye__Output } from './dd0c/agent/v1/Goodbye.ts';
import type { Heartbeat as _dd0c_agent_v1_Heartbeat, Heartbeat__Output as _dd0c_agent_v1_Heartbeat__Output } from './dd0c/agent/v1/Heartbeat.ts';
import type { Hello as _dd0c_agent_v1_Hello, Hello__Output as _dd0c_agent_v1_Hello__Output } from './dd0c/agent/v1/Hello.ts';
import type { Lock as _dd0c_agent_v1_Lock, Lock__Output as _dd0c_agent_v1_Lock__Output } from './dd0c/agent/v1/Lock.ts';
import type { Order as _dd0c_agent_v1_Order, Order__Output as _dd0c_agent_v1_Order__Output } from './dd0c/agent/v1/Order.ts';
import type { OrderReceived as _dd0c_agent_v1_OrderReceived, OrderReceived__Output as _dd0c_agent_v1_OrderReceived__Output } from './dd0c/agent/v1/OrderReceived.ts';
import type { Rejected as _dd0c_agent_v1_Rejected, Rejected__Output as _dd0c_agent_v1_Rejected__Output } from './dd0c/agent/v1/Rejected.ts';
import type { RenewRequest as _dd0c_agent_v1_RenewRequest, RenewRequest__Output as _dd0c_agent_v1_RenewRequest__Output } from './dd0c/agent/v1/RenewRequest.ts';
import type { RenewResponse as _dd0c_agent_v1_RenewResponse, RenewResponse__Output as _dd0c_agent_v1_RenewResponse__Output } from './dd0c/agent/v1/RenewResponse.ts';
import type { ReportBegin as _dd0c_agent_v1_ReportBegin, ReportBegin__Output as _dd0c_agent_v1_ReportBegin__Output } from './dd0c/agent/v1/ReportBegin.ts';
import type { ReportChunk as _dd0c_agent_v1_ReportChunk, ReportChunk__Output as _dd0c_agent_v1_ReportChunk__Output } from './dd0c/agent/v1/ReportChunk.ts';
import type { ReportEnd as _dd0c_agent_v1_ReportEnd, ReportEnd__Output as _dd0c_agent_v1_ReportEnd__Output } from './dd0c/agent/v1/ReportEnd.ts';
import type { Retire as _dd0c_agent_v1_Retire, Retire__Output as _dd0c_agent_v1_Retire__Output } from './dd0c/agent/v1/Retire.ts';
import type { Scan as _dd0c_agent_v1_Scan, Scan__Output as _dd0c_agent_v1_Scan__Output } from './dd0c/agent/v1/Scan.ts';
import type { Step as _dd0c_agent_v1_Step, Step__Output as _dd0c_agent_v1_Step__Output } from './dd0c/agent/v1/Step.ts';
import type { StepEnd as _dd0c_agent_v1_StepEnd, StepEnd__Output as _dd0c_agent_v1_StepEnd__Output } from './dd0c/agent/v1/StepEnd.ts';
import type { StepOutput as _dd0c_agent_v1_StepOutput, StepOutput__Output as _dd0c_agent_v1_StepOutput__Output } from './dd0c/agent/v1/StepOutput.ts';
import type { StepStarted as _dd0c_agent_v1_StepStarted, StepStarted__Output as _dd0c_agent_v1_StepStarted__Output } from './dd0c/agent/v1/StepStarted.ts';
import type { TrustBundle as _dd0c_agent_v1_TrustBundle, TrustBundle__Output as _dd0c_agent_v1_TrustBundle__Output } from './dd0c/agent/v1/TrustBundle.ts';
import type { TrustKept as _dd0c_agent_v1_TrustKept, TrustKept__Output as _dd0c_agent_v1_TrustKept__Output } from './dd0c/agent/v1/TrustKept.ts';
import type { Welcome as _dd0c_agent_v1_Welcome, Welcome__Output as _dd0c_agent_v1_Welcome__Output } from './dd0c/agent/v1/Welcome.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  dd0c: {
    agent: {
      v1: {
        Ack: MessageTypeDefinition<_dd0c_agent_v1_Ack, _dd0c_agent_v1_Ack__Output>
        AgentFrame: MessageTypeDefinition<_dd0c_agent_v1_AgentFrame, _dd0c_agent_v1_AgentFrame__Output>
        AgentService: SubtypeConstructor<typeof grpc.Client, _dd0c_agent_v1_AgentServiceClient> & { service: _dd0c_agent_v1_AgentServiceDefinition }
        Approval: MessageTypeDefinition<_dd0c_agent_v1_Approval, _dd0c_agent_v1_Approval__Output>
        Cancel: MessageTypeDefinition<_dd0c_agent_v1_Cancel, _dd0c_agent_v1_Cancel__Output>
        ControlFrame: MessageTypeDefinition<_dd0c_agent_v1_ControlFrame, _dd0c_agent_v1_ControlFrame__Output>
        Drain: MessageTypeDefinition<_dd0c_agent_v1_Drain, _dd0c_agent_v1_Drain__Output>
        Fact: MessageTypeDefinition<_dd0c_agent_v1_Fact, _dd0c_agent_v1_Fact__Output>
        Goodbye: MessageTypeDefinition<_dd0c_agent_v1_Goodbye, _dd0c_agent_v1_Goodbye__Output>
        Heartbeat: MessageTypeDefinition<_dd0c_agent_v1_Heartbeat, _dd0c_agent_v1_Heartbeat__Output>
        Hello: MessageTypeDefinition<_dd0c_agent_v1_Hello, _dd0c_agent_v1_Hello__Output>
        Lock: MessageTypeDefinition<_dd0c_agent_v1_Lock, _dd0c_agent_v1_Lock__Output>
        Order: MessageTypeDefinition<_dd0c_agent_v1_Order, _dd0c_agent_v1_Order__Output>
        OrderReceived: MessageTypeDefinition<_dd0c_agent_v1_OrderReceived, _dd0c_agent_v1_OrderReceived__Output>
        Rejected: MessageTypeDefinition<_dd0c_agent_v1_Rejected, _dd0c_agent_v1_Rejected__Output>
        RenewRequest: MessageTypeDefinition<_dd0c_agent_v1_RenewRequest, _dd0c_agent_v1_RenewRequest__Output>
        RenewResponse: MessageTypeDefinition<_dd0c_agent_v1_RenewResponse, _dd0c_agent_v1_RenewResponse__Output>
        ReportBegin: MessageTypeDefinition<_dd0c_agent_v1_ReportBegin, _dd0c_agent_v1_ReportBegin__Output>
        ReportChunk: MessageTypeDefinition<_dd0c_agent_v1_ReportChunk, _dd0c_agent_v1_ReportChunk__Output>
        ReportEnd: MessageTypeDefinition<_dd0c_agent_v1_ReportEnd, _dd0c_agent_v1_ReportEnd__Output>
        Retire: MessageTypeDefinition<_dd0c_agent_v1_Retire, _dd0c_agent_v1_Retire__Output>
        Scan: MessageTypeDefinition<_dd0c_agent_v1_Scan, _dd0c_agent_v1_Scan__Output>
        Step: MessageTypeDefinition<_dd0c_agent_v1_Step, _dd0c_agent_v1_Step__Output>
        StepEnd: MessageTypeDefinition<_dd0c_agent_v1_StepEnd, _dd0c_agent_v1_StepEnd__Output>
        StepOutput: MessageTypeDefinition<_dd0c_agent_v1_StepOutput, _dd0c_agent_v1_StepOutput__Output>
        StepStarted: MessageTypeDefinition<_dd0c_agent_v1_StepStarted, _dd0c_agent_v1_StepStarted__Output>
        TrustBundle: MessageTypeDefinition<_dd0c_agent_v1_TrustBundle, _dd0c_agent_v1_TrustBundle__Output>
        TrustKept: MessageTypeDefinition<_dd0c_agent_v1_TrustKept, _dd0c_agent_v1_TrustKept__Output>
        Welcome: MessageTypeDefinition<_dd0c_agent_v1_Welcome, _dd0c_agent_v1_Welcome__Output>
      }
    }
  }
}

