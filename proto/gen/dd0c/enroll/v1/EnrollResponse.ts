// From proto/schema/dd0c/enroll/v1/enrollment_service.proto


export interface EnrollResponse {
  'certificateChain'?: (Buffer | Uint8Array | string)[];
  'trustBundle'?: (Buffer | Uint8Array | string)[];
  'tenantId'?: (string);
  'agentId'?: (string);
  'streamAddress'?: (string);
}

export interface EnrollResponse__Output {
  'certificateChain': (Buffer)[];
  'trustBundle': (Buffer)[];
  'tenantId': (string);
  'agentId': (string);
  'streamAddress': (string);
}
