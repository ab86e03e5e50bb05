// From proto/schema/dd0c/agent/v1/control_frame.proto


export interface TrustBundle {
  'roots'?: (Buffer | Uint8Array | string)[];
  'vouchers'?: (Buffer | Uint8Array | string)[];
}

export interface TrustBundle__Output {
  'roots': (Buffer)[];
  'vouchers': (Buffer)[];
}
