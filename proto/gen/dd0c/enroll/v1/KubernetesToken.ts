// From proto/schema/dd0c/enroll/v1/enrollment_service.proto


export interface KubernetesToken {
  'token'?: (string);
}

export interface KubernetesToken__Output {
  'token': (string);
}
