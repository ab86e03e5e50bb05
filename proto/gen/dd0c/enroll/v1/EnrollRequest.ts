// From proto/schema/dd0c/enroll/v1/enrollment_service.proto

import type { Attestation as _dd0c_enroll_v1_Attestation, Attestation__Output as _dd0c_enroll_v1_Attestation__Output } from '../../../dd0c/enroll/v1/Attestation.ts';

export interface EnrollRequest {
  'token'?: (string);
  'csr'?: (Buffer | Uint8Array | string);
  'hostname'?: (string);
  'agentVersion'?: (string);
  'attestation'?: (_dd0c_enroll_v1_Attestation | null);
  'recoveryKey'?: (Buffer | Uint8Array | string);
}

export interface EnrollRequest__Output {
  'token': (string);
  'csr': (Buffer);
  'hostname': (string);
  'agentVersion': (string);
  'attestation': (_dd0c_enroll_v1_Attestation__Output | null);
  'recoveryKey': (Buffer);
}
