// From proto/schema/dd0c/agent/v1/control_frame.proto


export interface Drain {
  'reason'?: (string);
  'reconnectAfterMs'?: (number);
}

export interface Drain__Output {
  'reason': (string);
  'reconnectAfterMs': (number);
}
