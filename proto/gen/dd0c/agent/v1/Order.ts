// From proto/schema/dd0c/agent/v1/control_frame.proto

import type { Scan as _dd0c_agent_v1_Scan, Scan__Output as _dd0c_agent_v1_Scan__Output } from '../../../dd0c/agent/v1/Scan.ts';
import type { Step as _dd0c_agent_v1_Step, Step__Output as _dd0c_agent_v1_Step__Output } from '../../../dd0c/agent/v1/Step.ts';
import type { Retire as _dd0c_agent_v1_Retire, Retire__Output as _dd0c_agent_v1_Retire__Output } from '../../../dd0c/agent/v1/Retire.ts';

export interface Order {
  'id'?: (string);
  'scan'?: (_dd0c_agent_v1_Scan | null);
  'step'?: (_dd0c_agent_v1_Step | null);
  'retire'?: (_dd0c_agent_v1_Retire | null);
  'body'?: "scan"|"step"|"retire";
}

export interface Order__Output {
  'id': (string);
  'scan'?: (_dd0c_agent_v1_Scan__Output | null);
  'step'?: (_dd0c_agent_v1_Step__Output | null);
  'retire'?: (_dd0c_agent_v1_Retire__Output | null);
  'body'?: "scan"|"step"|"retire";
}
