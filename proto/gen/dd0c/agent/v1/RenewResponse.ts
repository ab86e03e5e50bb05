// From proto/schema/dd0c/agent/v1/agent_service.proto


export interface RenewResponse {
  'certificateChain'?: (Buffer | Uint8Array | string)[];
  'trustBundle'?: (Buffer | Uint8Array | string)[];
  'vouchers'?: (Buffer | Uint8Array | string)[];
}

export interface RenewResponse__Output {
  'certificateChain': (Buffer)[];
  'trustBundle': (Buffer)[];
  'vouchers': (Buffer)[];
}
