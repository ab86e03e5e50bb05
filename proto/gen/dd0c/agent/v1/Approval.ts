// From proto/schema/dd0c/agent/v1/control_frame.proto


export interface Approval {
  'statement'?: (Buffer | Uint8Array | string);
  'signature'?: (Buffer | Uint8Array | string);
}

export interface Approval__Output {
  'statement': (Buffer);
  'signature': (Buffer);
}
