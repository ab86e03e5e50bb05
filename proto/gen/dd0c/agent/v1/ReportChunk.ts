// From proto/schema/dd0c/agent/v1/agent_frame.proto


export interface ReportChunk {
  'reportId'?: (string);
  'index'?: (number);
  'data'?: (Buffer | Uint8Array | string);
}

export interface ReportChunk__Output {
  'reportId': (string);
  'index': (number);
  'data': (Buffer);
}
