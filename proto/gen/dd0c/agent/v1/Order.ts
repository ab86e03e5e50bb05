// From proto/schema/dd0c/agent/v1/control_frame.proto

import type { Scan as _dd0c_agent_v1_Scan, Scan__Output as _dd0c_agent_v1_Scan__Output } from '../../../dd0c/agent/v1/Scan.ts';

export interface Order {
  'id'?: (string);
  'scan'?: (_dd0c_agent_v1_Scan | null);
  'body'?: "scan";
}

export interface Order__Output {
  'id': (string);
  'scan'?: (_dd0c_agent_v1_Scan__Output | null);
  'body'?: "scan";
}
