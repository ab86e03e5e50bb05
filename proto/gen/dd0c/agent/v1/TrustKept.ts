// From proto/schema/dd0c/agent/v1/agent_frame.proto


export interface TrustKept {
  'fingerprint'?: (Buffer | Uint8Array | string);
}

export interface TrustKept__Output {
  'fingerprint': (Buffer);
}
