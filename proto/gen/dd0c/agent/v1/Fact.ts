// From proto/schema/dd0c/agent/v1/agent_frame.proto

import type { ReportBegin as _dd0c_agent_v1_ReportBegin, ReportBegin__Output as _dd0c_agent_v1_ReportBegin__Output } from '../../../dd0c/agent/v1/ReportBegin.ts';
import type { ReportChunk as _dd0c_agent_v1_ReportChunk, ReportChunk__Output as _dd0c_agent_v1_ReportChunk__Output } from '../../../dd0c/agent/v1/ReportChunk.ts';
import type { ReportEnd as _dd0c_agent_v1_ReportEnd, ReportEnd__Output as _dd0c_agent_v1_ReportEnd__Output } from '../../../dd0c/agent/v1/ReportEnd.ts';
import type { StepStarted as _dd0c_agent_v1_StepStarted, StepStarted__Output as _dd0c_agent_v1_StepStarted__Output } from '../../../dd0c/agent/v1/StepStarted.ts';
import type { StepOutput as _dd0c_agent_v1_StepOutput, StepOutput__Output as _dd0c_agent_v1_StepOutput__Output } from '../../../dd0c/agent/v1/StepOutput.ts';
import type { StepEnd as _dd0c_agent_v1_StepEnd, StepEnd__Output as _dd0c_agent_v1_StepEnd__Output } from '../../../dd0c/agent/v1/StepEnd.ts';
import type { Long } from '@grpc/proto-loader';

export interface Fact {
  'seq'?: (number | string | Long);
  'reportBegin'?: (_dd0c_agent_v1_ReportBegin | null);
  'reportChunk'?: (_dd0c_agent_v1_ReportChunk | null);
  'reportEnd'?: (_dd0c_agent_v1_ReportEnd | null);
  'stepStarted'?: (_dd0c_agent_v1_StepStarted | null);
  'stepOutput'?: (_dd0c_agent_v1_StepOutput | null);
  'stepEnd'?: (_dd0c_agent_v1_StepEnd | null);
  'body'?: "reportBegin"|"reportChunk"|"reportEnd"|"stepStarted"|"stepOutput"|"stepEnd";
}

export interface Fact__Output {
  'seq': (number);
  'reportBegin'?: (_dd0c_agent_v1_ReportBegin__Output | null);
  'reportChunk'?: (_dd0c_agent_v1_ReportChunk__Output | null);
  'reportEnd'?: (_dd0c_agent_v1_ReportEnd__Output | null);
  'stepStarted'?: (_dd0c_agent_v1_StepStarted__Output | null);
  'stepOutput'?: (_dd0c_agent_v1_StepOutput__Output | null);
  'stepEnd'?: (_dd0c_agent_v1_StepEnd__Output | null);
  'body'?: "reportBegin"|"reportChunk"|"reportEnd"|"stepStarted"|"stepOutput"|"stepEnd";
}
