// From proto/schema/dd0c/enroll/v1/enrollment_service.proto


export interface RecoverRequest {
  'tenantId'?: (string);
  'agentId'?: (string);
  'serial'?: (string);
  'csr'?: (Buffer | Uint8Array | string);
  'nonce'?: (Buffer | Uint8Array | string);
  'signature'?: (Buffer | Uint8Array | string);
}

export interface RecoverRequest__Output {
  'tenantId': (string);
  'agentId': (string);
  'serial': (string);
  'csr': (Buffer);
  'nonce': (Buffer);
  'signature': (Buffer);
}
