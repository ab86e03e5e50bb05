// From proto/schema/dd0c/enroll/v1/enrollment_service.proto


export interface RecoverResponse {
  'certificateChain'?: (Buffer | Uint8Array | string)[];
  'trustBundle'?: (Buffer | Uint8Array | string)[];
  'vouchers'?: (Buffer | Uint8Array | string)[];
}

export interface RecoverResponse__Output {
  'certificateChain': (Buffer)[];
  'trustBundle': (Buffer)[];
  'vouchers': (Buffer)[];
}
