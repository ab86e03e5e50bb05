// From proto/schema/dd0c/enroll/v1/enrollment_service.proto


export interface ChallengeRequest {
}

export interface ChallengeRequest__Output {
}
