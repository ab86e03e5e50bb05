// From proto/schema/dd0c/agent/v1/control_frame.proto


export interface Retire {
}

export interface Retire__Output {
}
