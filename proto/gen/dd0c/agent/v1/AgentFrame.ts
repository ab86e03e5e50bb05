// From proto/schema/dd0c/agent/v1/agent_frame.proto

import type { Hello as _dd0c_agent_v1_Hello, Hello__Output as _dd0c_agent_v1_Hello__Output } from '../../../dd0c/agent/v1/Hello.ts';
import type { Heartbeat as _dd0c_agent_v1_Heartbeat, Heartbeat__Output as _dd0c_agent_v1_Heartbeat__Output } from '../../../dd0c/agent/v1/Heartbeat.ts';
import type { Fact as _dd0c_agent_v1_Fact, Fact__Output as _dd0c_agent_v1_Fact__Output } from '../../../dd0c/agent/v1/Fact.ts';
import type { Goodbye as _dd0c_agent_v1_Goodbye, Goodbye__Output as _dd0c_agent_v1_Goodbye__Output } from '../../../dd0c/agent/v1/Goodbye.ts';
import type { OrderReceived as _dd0c_agent_v1_OrderReceived, OrderReceived__Output as _dd0c_agent_v1_OrderReceived__Output } from '../../../dd0c/agent/v1/OrderReceived.ts';
import type { TrustKept as _dd0c_agent_v1_TrustKept, TrustKept__Output as _dd0c_agent_v1_TrustKept__Output } from '../../../dd0c/agent/v1/TrustKept.ts';

export interface AgentFrame {
  'hello'?: (_dd0c_agent_v1_Hello | null);
  'heartbeat'?: (_dd0c_agent_v1_Heartbeat | null);
  'fact'?: (_dd0c_agent_v1_Fact | null);
  'goodbye'?: (_dd0c_agent_v1_Goodbye | null);
  'orderReceived'?: (_dd0c_agent_v1_OrderReceived | null);
  'trustKept'?: (_dd0c_agent_v1_TrustKept | null);
  'kind'?: "hello"|"heartbeat"|"fact"|"goodbye"|"orderReceived"|"trustKept";
}

export interface AgentFrame__Output {
  'hello'?: (_dd0c_agent_v1_Hello__Output | null);
  'heartbeat'?: (_dd0c_agent_v1_Heartbeat__Output | null);
  'fact'?: (_dd0c_agent_v1_Fact__Output | null);
  'goodbye'?: (_dd0c_agent_v1_Goodbye__Output | null);
  'orderReceived'?: (_dd0c_agent_v1_OrderReceived__Output | null);
  'trustKept'?: (_dd0c_agent_v1_TrustKept__Output | null);
  'kind'?: "hello"|"heartbeat"|"fact"|"goodbye"|"orderReceived"|"trustKept";
}
