// From proto/schema/dd0c/agent/v1/control_frame.proto


export interface Lock {
  'reason'?: (string);
}

export interface Lock__Output {
  'reason': (string);
}
