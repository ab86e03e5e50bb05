// From proto/schema/dd0c/enroll/v1/enrollment_service.proto


export interface EnrollRequest {
  'token'?: (string);
  'csr'?: (Buffer | Uint8Array | string);
  'hostname'?: (string);
  'agentVersion'?: (string);
}

export interface EnrollRequest__Output {
  'token': (string);
  'csr': (Buffer);
  'hostname': (string);
  'agentVersion': (string);
}
