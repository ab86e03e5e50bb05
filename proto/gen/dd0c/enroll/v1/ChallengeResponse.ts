// From proto/schema/dd0c/enroll/v1/enrollment_service.proto


export interface ChallengeResponse {
  'nonce'?: (Buffer | Uint8Array | string);
}

export interface ChallengeResponse__Output {
  'nonce': (Buffer);
}
