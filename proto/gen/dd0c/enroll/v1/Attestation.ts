// From proto/schema/dd0c/enroll/v1/enrollment_service.proto

import type { AwsIdentity as _dd0c_enroll_v1_AwsIdentity, AwsIdentity__Output as _dd0c_enroll_v1_AwsIdentity__Output } from '../../../dd0c/enroll/v1/AwsIdentity.ts';
import type { KubernetesToken as _dd0c_enroll_v1_KubernetesToken, KubernetesToken__Output as _dd0c_enroll_v1_KubernetesToken__Output } from '../../../dd0c/enroll/v1/KubernetesToken.ts';

export interface Attestation {
  'policyId'?: (string);
  'nonce'?: (Buffer | Uint8Array | string);
  'proof'?: (Buffer | Uint8Array | string);
  'aws'?: (_dd0c_enroll_v1_AwsIdentity | null);
  'kubernetes'?: (_dd0c_enroll_v1_KubernetesToken | null);
  'evidence'?: "aws"|"kubernetes";
}

export interface Attestation__Output {
  'policyId': (string);
  'nonce': (Buffer);
  'proof': (Buffer);
  'aws'?: (_dd0c_enroll_v1_AwsIdentity__Output | null);
  'kubernetes'?: (_dd0c_enroll_v1_KubernetesToken__Output | null);
  'evidence'?: "aws"|"kubernetes";
}
