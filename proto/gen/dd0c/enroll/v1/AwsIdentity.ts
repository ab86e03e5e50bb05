// From proto/schema/dd0c/enroll/v1/enrollment_service.proto


export interface AwsIdentity {
  'region'?: (string);
  'authorization'?: (string);
  'amzDate'?: (string);
  'securityToken'?: (string);
}

export interface AwsIdentity__Output {
  'region': (string);
  'authorization': (string);
  'amzDate': (string);
  'securityToken': (string);
}
