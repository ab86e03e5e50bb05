// From proto/schema/dd0c/agent/v1/agent_frame.proto


export interface ReportEnd {
  'reportId'?: (string);
  'sha256'?: (Buffer | Uint8Array | string);
}

export interface ReportEnd__Output {
  'reportId': (string);
  'sha256': (Buffer);
}
