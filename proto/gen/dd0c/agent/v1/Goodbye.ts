// From proto/schema/dd0c/agent/v1/agent_frame.proto


export interface Goodbye {
  'reason'?: (string);
}

export interface Goodbye__Output {
  'reason': (string);
}
