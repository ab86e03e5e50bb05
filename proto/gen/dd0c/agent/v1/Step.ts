// From proto/schema/dd0c/agent/v1/control_frame.proto

import type { Approval as _dd0c_agent_v1_Approval, Approval__Output as _dd0c_agent_v1_Approval__Output } from '../../../dd0c/agent/v1/Approval.ts';

export interface Step {
  'envelope'?: (Buffer | Uint8Array | string);
  'approvals'?: (_dd0c_agent_v1_Approval)[];
}

export interface Step__Output {
  'envelope': (Buffer);
  'approvals': (_dd0c_agent_v1_Approval__Output)[];
}
