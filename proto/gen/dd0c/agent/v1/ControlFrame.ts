// From proto/schema/dd0c/agent/v1/control_frame.proto

import type { Welcome as _dd0c_agent_v1_Welcome, Welcome__Output as _dd0c_agent_v1_Welcome__Output } from '../../../dd0c/agent/v1/Welcome.ts';
import type { Ack as _dd0c_agent_v1_Ack, Ack__Output as _dd0c_agent_v1_Ack__Output } from '../../../dd0c/agent/v1/Ack.ts';
import type { Rejected as _dd0c_agent_v1_Rejected, Rejected__Output as _dd0c_agent_v1_Rejected__Output } from '../../../dd0c/agent/v1/Rejected.ts';
import type { Order as _dd0c_agent_v1_Order, Order__Output as _dd0c_agent_v1_Order__Output } from '../../../dd0c/agent/v1/Order.ts';
import type { Lock as _dd0c_agent_v1_Lock, Lock__Output as _dd0c_agent_v1_Lock__Output } from '../../../dd0c/agent/v1/Lock.ts';
import type { Drain as _dd0c_agent_v1_Drain, Drain__Output as _dd0c_agent_v1_Drain__Output } from '../../../dd0c/agent/v1/Drain.ts';
import type { Cancel as _dd0c_agent_v1_Cancel, Cancel__Output as _dd0c_agent_v1_Cancel__Output } from '../../../dd0c/agent/v1/Cancel.ts';
import type { TrustBundle as _dd0c_agent_v1_TrustBundle, TrustBundle__Output as _dd0c_agent_v1_TrustBundle__Output } from '../../../dd0c/agent/v1/TrustBundle.ts';

export interface ControlFrame {
  'welcome'?: (_dd0c_agent_v1_Welcome | null);
  'ack'?: (_dd0c_agent_v1_Ack | null);
  'rejected'?: (_dd0c_agent_v1_Rejected | null);
  'order'?: (_dd0c_agent_v1_Order | null);
  'lock'?: (_dd0c_agent_v1_Lock | null);
  'drain'?: (_dd0c_agent_v1_Drain | null);
  'cancel'?: (_dd0c_agent_v1_Cancel | null);
  'trustBundle'?: (_dd0c_agent_v1_TrustBundle | null);
  'kind'?: "welcome"|"ack"|"rejected"|"order"|"lock"|"drain"|"cancel"|"trustBundle";
}

export interface ControlFrame__Output {
  'welcome'?: (_dd0c_agent_v1_Welcome__Output | null);
  'ack'?: (_dd0c_agent_v1_Ack__Output | null);
  'rejected'?: (_dd0c_agent_v1_Rejected__Output | null);
  'order'?: (_dd0c_agent_v1_Order__Output | null);
  'lock'?: (_dd0c_agent_v1_Lock__Output | null);
  'drain'?: (_dd0c_agent_v1_Drain__Output | null);
  'cancel'?: (_dd0c_agent_v1_Cancel__Output | null);
  'trustBundle'?: (_dd0c_agent_v1_TrustBundle__Output | null);
  'kind'?: "welcome"|"ack"|"rejected"|"order"|"lock"|"drain"|"cancel"|"trustBundle";
}
